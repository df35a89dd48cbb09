import { execFile } from 'node:child_process'
import { copyFile, mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { bundleAgent } from '../../tools/image/bundle-agent.ts'

const execute = promisify(execFile)

/** What the tests in the guest import, and they themselves. */
const testPaths = [
  'package.json',
  'src/cgroup',
  'src/libc',
  'test/engine',
  'test/flow',
  'test/patience.ts',
  'test/vm/guest',
  'tools/test-runner',
]

/** What a bundle cannot hold, since it finds its native part by itself. */
const packages = ['koffi', `@koromix/koffi-linux-${process.arch}`]

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
 * Puts the agent as its image has it into the folder, as `agent.tar`: its program is `dist/agent/main.js`. An emulated processor takes
 * long to load hundreds of files: with those few, the whole suite takes 293 s in place of 425 (two cores, from nothing).
 * @throws {Error} If `dist/` has not been built or a package is not installed.
 */
export async function shareAgent(share: string): Promise<void> {
  await using made = await mkdtempDisposable(join(tmpdir(), 'vigie-bundle-'))
  await bundleAgent(resolve('dist'), join(made.path, 'dist/agent'))
  const folders = packages.map((name) => join('node_modules', name))
  const file = join(share, 'agent.tar')
  await execute('tar', ['-cf', file, ...unloaded, ...folders, '-C', made.path, 'dist'])
}
