import { closeSync, constants, openSync } from 'node:fs'
import { chmod, mkdir, rename, stat, unlink } from 'node:fs/promises'
import { createConnection, type Server } from 'node:net'
import { basename, dirname, join } from 'node:path'

/** Longest path that fits into an address of a Unix socket; `sun_path` has 108 bytes, the last is 0. */
const maxAddressBytes = 107

/** The door cannot be opened; the message says why. */
class ControlSocketError extends Error {
  override readonly name = 'ControlSocketError'
}

/** A path as it may be bound or connected to, until it is closed. */
export interface SocketAddress {
  readonly address: string
  readonly close: () => void
}

/** The two halves of the program, each a process. */
export type Half = 'agent' | 'server'

/** Where commands reach the agent or the server that has this data folder. */
export function controlPath(dataDir: string, half: Half): string {
  return join(dataDir, half, 'control.sock')
}

/**
 * The address of the socket at `path`. A path that is too long for one is reached through an open descriptor of its
 * folder, which Linux shows in `/proc/self/fd`.
 * @throws {NodeJS.ErrnoException} If the path is too long and its folder cannot be opened.
 */
export function openSocketAddress(path: string): SocketAddress {
  if (Buffer.byteLength(path) <= maxAddressBytes) return { address: path, close: () => {} }
  const folder = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY)
  let isOpen = true
  return {
    address: `/proc/self/fd/${folder}/${basename(path)}`,
    close: () => {
      if (isOpen) closeSync(folder)
      isOpen = false
    },
  }
}

/**
 * Makes `server` listen at `path`, in a folder and with a socket that only this user (and root) can open. The socket gets
 * its name only when it is ready, so that one left behind by a process that is gone is replaced in one step.
 * @returns What takes the socket away again, unless another has taken its place.
 * @throws {ControlSocketError} When another that runs has the socket, or the path is that of another kind of file.
 * @throws {NodeJS.ErrnoException} When folder or socket cannot be made.
 */
export async function bindControlSocket(
  server: Server,
  path: string,
): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true })
  await chmod(dirname(path), 0o700)
  if (await isAnswered(path)) {
    throw new ControlSocketError(
      `another ${basename(dirname(path))} with the data folder ${dirname(dirname(path))} is running, and commands reach that one; stop it, or give this one another folder with VIGIE_DATA_DIR`,
    )
  }
  const unready = `${path}.${process.pid}`
  const { address, close } = openSocketAddress(unready)
  try {
    await listen(server, address)
    await chmod(unready, 0o600)
    await rename(unready, path)
  } catch (error) {
    server.close()
    close()
    throw error
  }
  const own = await stat(path)
  return async () => {
    close()
    const present = await stat(path).catch(() => undefined)
    if (present?.ino === own.ino) await unlink(path).catch(() => {})
  }
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Whether somebody listens there. */
async function isAnswered(path: string): Promise<boolean> {
  const present = await stat(path).catch(() => undefined)
  if (present === undefined) return false
  if (!present.isSocket()) throw new ControlSocketError(`${path} is there and is no socket`)
  const { address, close } = openSocketAddress(path)
  try {
    return await new Promise((resolve) => {
      const connection = createConnection(address)
      connection.once('connect', () => resolve(true)).once('error', () => resolve(false))
      connection.once('connect', () => connection.destroy())
    })
  } finally {
    close()
  }
}
