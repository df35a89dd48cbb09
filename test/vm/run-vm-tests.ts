// Runs the tests of test/vm/guest in a machine with cgroup v2 alone, those of test/vm/api with what its agents gave, and
// leaves their results in the named file:
//   node test/vm/run-vm-tests.ts RESULTS_FILE
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, copyFile, mkdtempDisposable, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startMachine } from './machine.ts'
import { openSavedMachine } from './saved-machine.ts'
import { shareAgent, shareTests } from './share-folder.ts'

/** Alone on two cores the tests take three and a half minutes; beside other work it can be ten. */
const testLimitMs = 900_000
const [resultsFile = 'test-results/vm.results.json'] = process.argv.slice(2)

const saved = await openSavedMachine(report)
await using share = await mkdtempDisposable(join(tmpdir(), 'vigie-share-'))
await shareTests(share.path)
await shareAgent(share.path)
await using machine = await startMachine({ ...saved, keepsWrites: false, share: share.path })
report('runs the tests in the machine')
const guestCode = await machine.run('test', testLimitMs).finally(async () => {
  report(await readFile(join(share.path, 'test.log'), 'utf8'))
})
await copyFile(join(share.path, 'results.json'), resultsFile).catch((cause: unknown) => {
  // Its log may be empty, as when the kernel in there has ended it.
  throw new Error(`The tests in the machine ended with status ${guestCode} and left no results`, {
    cause,
  })
})
report('looks for what the agents in the machine gave in the API of a server out here')
process.exitCode = Math.max(guestCode, await runApiTests(share.path))

/** The engine of the store is too heavy for the emulated machine: the server runs here, with the guest's own items. */
async function runApiTests(shareFolder: string): Promise<number> {
  const results = join(shareFolder, 'api-results.json')
  const command = [
    '--test',
    '--test-timeout=120000',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./tools/test-runner/record-results.ts',
    `--test-reporter-destination=${results}`,
    'test/vm/api/*.test.ts',
  ]
  const child = spawn(process.execPath, command, {
    env: { ...process.env, VIGIE_SHARE: shareFolder, VIGIE_TEST_MAIN: resolve('dist/main.js') },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  await once(child, 'exit')
  await appendFile(resultsFile, await readFile(results, 'utf8'))
  return child.exitCode ?? 1
}

function report(line: string): void {
  process.stdout.write(`${(performance.now() / 1000).toFixed(1)} s: ${line}\n`)
}
