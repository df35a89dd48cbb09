import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'

const main = join(import.meta.dirname, '../../main.ts')

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-command-'))
})
after(() => rmSync(folder, { recursive: true }))

/** Runs the program as a person would, with nothing in its environment but `env`. */
function run(args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('vigie config', () => {
  test('prints a sample that it takes without a word', () => {
    const sample = run(['config', '--sample'])
    assert.deepEqual([sample.status, sample.stderr], [0, ''])
    writeFileSync(join(folder, 'sample.yaml'), sample.stdout)
    const printed = run(['config', '--config', 'sample.yaml'])
    assert.deepEqual([printed.status, printed.stderr], [0, ''])
    assert.match(printed.stdout, /\n {2}listen: 127\.0\.0\.1:8127 # default\n/)
  })

  test('names every fault, once and without a stack, and exits with 1', () => {
    writeFileSync(join(folder, 'bad.yaml'), 'log_level: loud\nlissten: 1\n')
    const env = { VIGIE_LISTEN: 'nowhere' }
    assert.deepEqual(run(['config', '-c', 'bad.yaml'], env), {
      status: 1,
      stdout: '',
      stderr: `vigie: Cannot use the configuration
  ${folder}/bad.yaml:1:12: log_level: saw "loud"; allowed: one of trace, debug, info, warn, warning, error, critical, off
  environment VIGIE_LISTEN: vigie.listen: saw "nowhere"; allowed: host:port, such as 127.0.0.1:8127, 0.0.0.0:8127 or [::1]:8127
  warning: ${folder}/bad.yaml:2:1: "lissten" is not known; did you mean vigie.listen?
`,
    })
  })

  test('says on standard error what it noticed, and works', () => {
    writeFileSync(join(folder, 'odd.yaml'), 'lissten: 1\ncmd_port: 5001\n')
    const { status, stderr } = run(['config', '-c', 'odd.yaml'])
    assert.equal(status, 0)
    assert.deepEqual(stderr.trimEnd().split('\n'), [
      `warning: ${folder}/odd.yaml:1:1: "lissten" is not known; did you mean vigie.listen?`,
      'info: 1 Datadog option has no effect in this version: cmd_port',
    ])
  })
})

describe('vigie version', () => {
  test('prints one line', () => {
    const { status, stdout } = run(['version'])
    assert.equal(status, 0)
    assert.match(stdout, /^Vigie \d+\.\d+\.\d+ \(Node 2\d\.\d+\.\d+, \w+ \w+\)\n$/)
  })
})
