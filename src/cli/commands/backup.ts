import { copyFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { defineCommand, UsageError, type CommandIo } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { borrowStore, refuseRemote } from '../store/borrow-store.ts'
import { formatBytes } from '../text-table.ts'

/** `vigie backup`: all that the store holds, as one file. */
export const backup = defineCommand({
  name: 'backup',
  about: 'copy all that the store holds into one file, while the server goes on or without one',
  arguments: [{ name: '<file>', about: 'a tar file that is not there yet' }],
  options: [configOption],
  async run([name = ''], options, io) {
    const settings = loadSettings(options, io)
    const file = resolve(io.cwd, name)
    await checkPlace(file)
    refuseRemote(settings, "make a backup with ClickHouse's own BACKUP")
    const store = await borrowStore(settings)
    try {
      const made = await follow(store.makeBackup(io.signal), io)
      if (made === undefined) {
        io.err('No backup was made: it was ended early\n')
        return 1
      }
      await move(made, file)
      io.out(`Wrote ${formatBytes((await stat(file)).size)} to ${file}\n`)
      return 0
    } finally {
      await store.close()
    }
  },
})

async function checkPlace(file: string): Promise<void> {
  const present = await stat(file).catch(() => undefined)
  if (present !== undefined) throw new UsageError(`${file} is there already; give another name`)
  const folder = await stat(dirname(file)).catch(() => undefined)
  if (folder?.isDirectory() !== true) {
    throw new UsageError(`${dirname(file)} is no folder; make it first, or give another path`)
  }
}

/** @returns The path of the file, undefined when the work was ended before. */
async function follow(
  lines: ReturnType<Awaited<ReturnType<typeof borrowStore>>['makeBackup']>,
  io: CommandIo,
): Promise<string | undefined> {
  let made: string | undefined
  for await (const { doneBytes, allBytes, path } of lines) {
    io.showProgress?.(`Copied ${formatBytes(doneBytes)} of about ${formatBytes(allBytes)}`)
    made = path
  }
  io.showProgress?.('')
  return made
}

/** On another disk it is copied, under another name until it is whole. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
    return
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
  }
  const unready = `${to}.part`
  try {
    await copyFile(from, unready)
    await rename(unready, to)
  } finally {
    await rm(unready, { force: true })
    await rm(from, { force: true })
  }
}
