import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { secret } from './secret.ts'

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-secret-'))
})
after(() => rmSync(folder, { recursive: true }))

/** What the command prints with a configuration of that text. */
async function run(
  text: string,
  env: Record<string, string> = {},
): Promise<{ readonly exitCode: number; readonly out: string; readonly err: string }> {
  writeFileSync(join(folder, 'vigie.yaml'), text)
  const said = { out: '', err: '' }
  const exitCode = await secret.run(
    [],
    { config: 'vigie.yaml' },
    {
      out: (line) => {
        said.out += line
      },
      err: (line) => {
        said.err += line
      },
      env,
      cwd: folder,
      mainFile: '',
      signal: new AbortController().signal,
    },
  )
  return { exitCode, ...said }
}

describe('vigie secret', () => {
  test('tells who is asked, and where each handle stands', async () => {
    const program = join(folder, 'vault')
    writeFileSync(program, `#!/bin/sh\necho '{"key":{"value":"topsecret"}}'\n`, { mode: 0o700 })
    const { exitCode, out, err } = await run(
      `api_key: ENC[key]\nsecret_backend_command: ${program}\n`,
      { DD_TAGS: 'ENC[key]' },
    )
    assert.equal(exitCode, 0)
    assert.doesNotMatch(out + err, /topsecret/)
    assert.equal(
      out.replaceAll(folder, '…').replace(/owner \d+, group \d+/, 'owner and group'),
      `Values are asked of …/vault
  mode 0700, owner and group
  its rights are as they have to be

1 handle was read:
  ENC[key]
    api_key, …/vigie.yaml:1:10
    tags, environment DD_TAGS
`,
    )
  })

  test('tells of files, and that nothing is to be read from them', async () => {
    const { exitCode, out } = await run('secret_backend_type: docker.secrets\n')
    assert.equal(exitCode, 0)
    assert.equal(
      out,
      'Values are read from /run/secrets, as docker.secrets does it\n\nNo ENC[handle] stands in the configuration\n',
    )
  })

  test('tells that nothing says where to read', async () => {
    const { exitCode, out } = await run('')
    assert.equal(exitCode, 0)
    assert.match(out, /^Nothing says where ENC\[handle\] is read from: neither /)
  })

  test('exits with 1 where the program that is named may not be run', async () => {
    const { exitCode, out } = await run('secret_backend_command: /nowhere/vault\n')
    assert.equal(exitCode, 1)
    assert.match(out, /\n {2}it is not run: saw no such file \/nowhere\/vault\n/)
  })
})
