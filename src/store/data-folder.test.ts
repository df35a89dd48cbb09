import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { findHolder, prepareStoreDir } from './data-folder.ts'

describe('prepareStoreDir()', () => {
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-folder-'))
    await chmod(folder, 0o755)
  })

  after(async () => rm(folder, { recursive: true, force: true }))

  test('makes the folder, for its user alone', async () => {
    const storeDir = await prepareStoreDir(join(folder, 'new', 'data'))
    assert.equal(storeDir, join(folder, 'new', 'data', 'store'))
    assert.equal((await stat(storeDir)).mode & 0o777, 0o700)
  })

  test('says when a part of the path is a file', async () => {
    await writeFile(join(folder, 'file'), '')
    const dataDir = join(folder, 'file', 'data')
    await assert.rejects(prepareStoreDir(dataDir), {
      code: 'STORE_NOT_WRITABLE',
      message: `Cannot write the data folder ${dataDir}: a part of this path is a file, not a folder; set VIGIE_DATA_DIR`,
    })
  })

  test('says whose permission is missing', async () => {
    const dataDir = join(folder, 'locked')
    await mkdir(dataDir, { mode: 0o500 })
    const message = await refusalAsCommonUser(dataDir)
    assert.match(
      message,
      /^Cannot write the data folder .*locked: permission denied for user \S+; give it to that user or set VIGIE_DATA_DIR$/,
    )
  })
})

describe('findHolder()', () => {
  let folder: string
  const locks = async (pid: number, inode: bigint): Promise<string> => {
    const file = join(folder, 'locks')
    await writeFile(
      file,
      `1: POSIX  ADVISORY  READ 11 00:2d:${inode} 128 128\n2: FLOCK  ADVISORY  WRITE ${pid} fe:00:${inode} 0 EOF\n`,
    )
    return file
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-locks-'))
    await writeFile(join(folder, 'status'), 'PID: 4242\n')
  })

  after(async () => rm(folder, { recursive: true, force: true }))

  const statusFile = (): string => join(folder, 'status')
  const inode = async (): Promise<bigint> => (await stat(statusFile(), { bigint: true })).ino

  test('finds the process that holds the lock', async () => {
    assert.equal(await findHolder(statusFile(), await locks(4242, await inode())), 4242)
  })

  test('finds none when the lock is on another file', async () => {
    assert.equal(await findHolder(statusFile(), await locks(4242, (await inode()) + 1n)), undefined)
  })

  test('finds none when this process holds it', async () => {
    assert.equal(await findHolder(statusFile(), await locks(process.pid, await inode())), undefined)
  })

  test('finds none without a status file, or where locks cannot be seen', async () => {
    assert.equal(await findHolder(join(folder, 'nothing')), undefined)
    assert.equal(await findHolder(statusFile(), join(folder, 'nothing')), undefined)
  })
})

/** Root may write anywhere: then another process asks as the user nobody. */
async function refusalAsCommonUser(dataDir: string): Promise<string> {
  const url = new URL('data-folder.ts', import.meta.url).href
  const script = `
    const { prepareStoreDir } = await import(${JSON.stringify(url)})
    await prepareStoreDir(${JSON.stringify(dataDir)}).catch((error) => console.log(error.message))`
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    nobody,
  )
  return stdout.trim()
}
