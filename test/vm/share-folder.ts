import { execFile } from 'node:child_process'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** What the tests in the guest import, and they themselves. */
const testPaths = [
  'package.json',
  'src/cgroup',
  'src/libc',
  'test/engine',
  'test/flow',
  'test/vm/guest',
  'tools/test-runner',
]

/** The agent's own dependencies; what only the server needs, chDB above all, is left out on purpose. */
const agentPackages = [
  'commander',
  'koffi',
  '@koromix/koffi-linux-x64',
  'pino',
  'snappyjs',
  'yaml',
  'zod',
]

/** Files of a package that nothing loads when it runs. */
const unloaded = ['*.ts', '*.cts', '*.mts', '*.map', '*.md'].map(
  (pattern) => `--exclude=${pattern}`,
)

/**
 * Puts the guest's scripts `prepare.sh` and `test.sh` and the tests, as `tests.tar`, into a folder that a machine shares.
 * Archives, because the emulated machine takes milliseconds for each file of a shared folder.
 */
export async function shareTests(share: string): Promise<void> {
  await copyFile('test/vm/guest/prepare.sh', join(share, 'prepare.sh'))
  await copyFile('test/vm/guest/test.sh', join(share, 'test.sh'))
  await execute('tar', ['-cf', join(share, 'tests.tar'), ...testPaths])
}

/**
 * Puts the shipped program with the packages that the agent needs into the folder, as `agent.tar`.
 * @throws {Error} If `dist/` has not been built or a package is not installed.
 */
export async function shareAgent(share: string): Promise<void> {
  const packages = await findPackages(agentPackages)
  const folders = [...packages].map((name) => join('node_modules', name))
  await execute('tar', ['-cf', join(share, 'agent.tar'), ...unloaded, 'dist', ...folders])
}

/** The packages and whatever they depend on; npm has put all of them side by side. */
async function findPackages(roots: readonly string[]): Promise<Set<string>> {
  const found = new Set(roots)
  for (const name of found) {
    const { dependencies } = JSON.parse(
      await readFile(join('node_modules', name, 'package.json'), 'utf8'),
    )
    for (const dependency of Object.keys(dependencies ?? {})) found.add(dependency)
  }
  return found
}
