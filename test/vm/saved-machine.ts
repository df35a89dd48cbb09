import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { glob, mkdtempDisposable, readFile, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { ensureFilled } from './cache-folder.ts'
import { startMachine } from './machine.ts'
import type { MachineParts } from './qemu-arguments.ts'
import { shareTests } from './share-folder.ts'

const execute = promisify(execFile)
const prepareLimitMs = 400_000

const imageSources = ['test/vm/image/*']
const savedSources = [
  'test/vm/{machine,qemu-arguments}.ts',
  'test/vm/guest/{prepare.sh,start-engines.ts,guest-engines.ts}',
  'test/{patience.ts,engine/*}',
]

/** What a machine goes on from: its engines answer already. */
export type SavedMachine = Required<Pick<MachineParts, 'kernelFolder' | 'disk' | 'savedState'>>

/**
 * The saved test machine of the cache folder, made there first if it is not there or its sources have changed.
 * The folder is `.cache/vm`, or what `VIGIE_VM_CACHE` names.
 * @param report Takes a line before each step that takes long.
 * @throws {Error} If the image cannot be built or the machine does not come up; their own output is in the message.
 */
export async function openSavedMachine(report: (line: string) => void): Promise<SavedMachine> {
  const cache = resolve(process.env['VIGIE_VM_CACHE'] ?? '.cache/vm')
  const imageStamp = await stampOf(imageSources, process.version)
  const kernelFolder = await ensureFilled(cache, {
    kind: 'image',
    stamp: imageStamp,
    fill: async (folder) => {
      report('builds the image, about a minute')
      await buildImage(folder)
    },
  })
  const qemu = await execute('qemu-system-x86_64', ['--version'])
  const saved = await ensureFilled(cache, {
    kind: 'saved',
    stamp: await stampOf(savedSources, imageStamp + qemu.stdout),
    fill: async (folder) => {
      report('boots the machine, starts its engines and saves it, about a minute')
      await saveMachine(kernelFolder, folder)
    },
  })
  return { kernelFolder, disk: join(saved, 'disk.img'), savedState: join(saved, 'state') }
}

/** Hash of the sources but for their tests, and of what else the result depends on. */
async function stampOf(patterns: readonly string[], rest: string): Promise<string> {
  const files = await Array.fromAsync(glob(patterns))
  const hash = createHash('sha256').update(rest)
  for (const file of files.filter((each) => !each.endsWith('.test.ts')).toSorted()) {
    hash.update(file).update(await readFile(file))
  }
  return hash.digest('hex').slice(0, 16)
}

async function buildImage(folder: string): Promise<void> {
  const node = await realpath(process.execPath)
  await execute('bash', ['test/vm/image/build-image.sh', folder, node], { maxBuffer: 2 ** 26 })
}

async function saveMachine(kernelFolder: string, folder: string): Promise<void> {
  const disk = join(folder, 'disk.img')
  // Three quarters of the disk are holes, which Node's own copy would fill.
  await execute('cp', ['--sparse=always', join(kernelFolder, 'root.img'), disk])
  await using share = await mkdtempDisposable(join(tmpdir(), 'vigie-share-'))
  await shareTests(share.path)
  await using machine = await startMachine({
    kernelFolder,
    disk,
    keepsWrites: true,
    share: share.path,
  })
  const status = await machine.run('prepare', prepareLimitMs)
  if (status !== 0) {
    const log = await readFile(join(share.path, 'prepare.log'), 'utf8')
    throw new Error(`Cannot prepare the test machine: prepare.sh ended with ${status}\n${log}`)
  }
  await machine.save(join(folder, 'state'))
}
