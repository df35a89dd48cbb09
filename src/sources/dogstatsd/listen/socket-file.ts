import { chmodSync, lstatSync, mkdirSync, unlinkSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { maxSocketPathBytes } from '../../../libc/socket-address.ts'
import { codeOf, ListenError } from './listener.ts'

/** All may write to the socket, which is what sending needs. The Datadog Agent gives its own the same. */
const socketMode = 0o722

/**
 * Makes room for a Unix socket: its folder if that is missing, and away with what a process that is no more has left there.
 * @param isAnswered Whether somebody listens at the socket at that path.
 * @throws {ListenError} If something else is there, or may not be changed.
 */
export async function prepareSocketPath(
  path: string,
  isAnswered: (path: string) => boolean | Promise<boolean>,
): Promise<void> {
  const lengthBytes = Buffer.byteLength(path)
  if (lengthBytes > maxSocketPathBytes) {
    const sentence = `its path has ${lengthBytes} bytes, the kernel takes ${maxSocketPathBytes}; set a shorter one`
    throw new ListenError('ENAMETOOLONG', `Cannot make the socket ${path}: ${sentence}`)
  }
  try {
    mkdirSync(dirname(path), { recursive: true })
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found === undefined) return
    if (!found.isSocket()) throw new ListenError('NOT_A_SOCKET', explain(path, 'NOT_A_SOCKET'))
    if (await isAnswered(path)) throw new ListenError('EADDRINUSE', explain(path, 'EADDRINUSE'))
    unlinkSync(path)
  } catch (error) {
    throw explainSocketFault(error, path)
  }
}

/**
 * Whether somebody has the socket that could not be connected to, as far as can be told from why not. The kernel looks for who
 * has it before it looks at its type.
 */
export function isListenedTo(connectFault: unknown): boolean {
  return !['ECONNREFUSED', 'ENOENT'].includes(codeOf(connectFault))
}

/** What a person is told when the socket cannot be made. */
export function explainSocketFault(error: unknown, path: string): ListenError {
  if (error instanceof ListenError) return error
  const code = codeOf(error)
  return new ListenError(code, explain(path, code), { cause: error })
}

function explain(path: string, code: string): string {
  return `Cannot make the socket ${path}: ${reasons[code] ?? code}`
}

const notAllowed =
  'this user may not write there; make the folder theirs, or set another path (an empty one for no socket)'

const reasons: Readonly<Record<string, string>> = {
  NOT_A_SOCKET:
    'there is a file that is no socket, which is left alone; remove it, or set another path',
  EADDRINUSE:
    'another process, such as a Datadog Agent, listens there; end it, or set another path',
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: 'the folder cannot be written to; set another path (an empty one for no socket)',
  ENOTDIR: 'a part of the path is a file, not a folder; set another path',
  EEXIST: 'a part of the path is a file, not a folder; set another path',
}

/** The file of a socket that this process has just bound. */
export class SocketFile {
  readonly #path: string
  readonly #made: Stats

  /** Gives it its mode. @throws {Error} With a code of the system, if it is gone. */
  constructor(path: string) {
    chmodSync(path, socketMode)
    this.#path = path
    this.#made = lstatSync(path)
  }

  /** Does nothing when the file is gone, or has become another: whoever has made that may need it. */
  remove(): void {
    try {
      const found = lstatSync(this.#path)
      if (found.ino === this.#made.ino && found.dev === this.#made.dev) unlinkSync(this.#path)
    } catch {
      // It is gone, or its folder has become somebody else's.
    }
  }
}
