// Runs shell commands one after the other, all of them, each a test that passes when the command exits with 0:
//   node run-commands.ts RESULTS_FILE COMMAND...
import { spawnSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { encodeResult } from './test-result.ts'

const [resultsFile = '', ...commands] = process.argv.slice(2)
for (const command of commands) {
  process.stdout.write(`$ ${command}\n`)
  const { status, stdout } = spawnSync(`${command} 2>&1`, {
    shell: true,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  process.stdout.write(stdout)
  const lastLines = stdout.split('\n').slice(-60).join('\n')
  appendFileSync(
    resultsFile,
    encodeResult({ name: command, passed: status === 0, fault: status === 0 ? '' : lastLines }),
  )
}
