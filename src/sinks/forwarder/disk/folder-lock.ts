import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, link, open, readdir, unlink, type FileHandle } from 'node:fs/promises'
import { createConnection, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Says that a folder is ours, for as long as this process lives. */
export interface FolderLock {
  readonly release: () => Promise<void>
}

/** Each who wants the folder, or has it, listens on a socket with this and its own id for a name. */
const claimPrefix = 'lock-'
/** Who has it has a second name for its socket. */
const heldPrefix = 'held-'
/** Looks at the others while they make up their minds. */
const maxLooks = 1000

/**
 * Claims a folder by a Unix socket in it that this process listens on: the kernel stops answering for a process that is
 * gone, however it ended, and answers across containers that share the folder. Each shows itself before it looks at the
 * others, and of those who see each other the one with the first name stays, unless another has the folder already.
 * @returns `undefined` when another process has it, or is just about to.
 * @throws {NodeJS.ErrnoException} When there can be no socket in that folder.
 */
export async function lockFolder(folder: string): Promise<FolderLock | undefined> {
  const directory = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  const claim: Claim = { folder, directory, id: randomBytes(6).toString('hex') }
  const server = createServer((socket) => socket.destroy())
  server.unref()
  const release = async (): Promise<void> => {
    for (const prefix of [heldPrefix, claimPrefix])
      await unlink(join(folder, prefix + claim.id)).catch(() => {})
    if (server.listening) await new Promise((resolve) => void server.close(resolve))
    await directory.close()
  }
  try {
    await listen(server, addressOf(claim, claim.id))
    if (await prevails(claim)) return { release }
  } catch (error) {
    await release()
    throw error
  }
  await release()
  return undefined
}

interface Claim {
  readonly folder: string
  readonly directory: FileHandle
  readonly id: string
}

async function prevails(claim: Claim): Promise<boolean> {
  for (let looks = 0; looks < maxLooks; looks += 1) {
    const others = await livingOthers(claim)
    if (others.some((other) => other < claim.id)) return false
    if (await isHeldByOne(claim, others)) return false
    if (others.length === 0) {
      const [own, held] = [claimPrefix, heldPrefix].map((prefix) => prefix + claim.id)
      await link(join(claim.folder, own ?? ''), join(claim.folder, held ?? ''))
      return true
    }
    await nextTurn()
  }
  return false
}

async function isHeldByOne({ folder }: Claim, ids: readonly string[]): Promise<boolean> {
  for (const id of ids) {
    const isHeld = await access(join(folder, heldPrefix + id)).then(
      () => true,
      () => false,
    )
    if (isHeld) return true
  }
  return false
}

/** Ids of the others that are alive; what others have left goes. */
async function livingOthers(claim: Claim): Promise<readonly string[]> {
  const living: string[] = []
  for (const name of await readdir(claim.folder)) {
    const id = name.slice(claimPrefix.length)
    if (!name.startsWith(claimPrefix) || id === claim.id) continue
    if (await isAnswered(addressOf(claim, id))) living.push(id)
    else
      for (const prefix of [heldPrefix, claimPrefix])
        await unlink(join(claim.folder, prefix + id)).catch(() => {})
  }
  return living
}

/** An address of a socket has room for 107 bytes; a path through the open folder is always short enough. */
function addressOf({ directory }: Claim, id: string): string {
  return `/proc/self/fd/${directory.fd}/${claimPrefix}${id}`
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(address)
    connection.once('error', () => resolve(false))
    connection.once('connect', () => {
      connection.destroy()
      resolve(true)
    })
  })
}
