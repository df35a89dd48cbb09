import type { Sockets } from '../../../libc/sockets.ts'
import type { BoundListener, UnixTransport } from './listener.ts'
import { explainSocketFault, isListenedTo, prepareSocketPath, SocketFile } from './socket-file.ts'

/** Clients that may wait until they are accepted. */
const backlog = 1024

/**
 * Opens a Unix socket, whose messages come with the credentials of their senders. What a process that is no more has left at
 * the path is replaced.
 * @param transport `uds` for datagrams, `uds-stream` for connections.
 * @throws {ListenError}
 */
export async function openUnixListener(
  sockets: Sockets,
  transport: UnixTransport,
  path: string,
): Promise<BoundListener> {
  await prepareSocketPath(path, () => isAnswered(sockets, path))
  try {
    const descriptor = sockets.create('unix', transport === 'uds' ? 'datagram' : 'stream')
    try {
      sockets.setOption(descriptor, 'passCredentials', 1)
      sockets.bind(descriptor, { family: 'unix', path })
      const file = new SocketFile(path)
      if (transport === 'uds-stream') sockets.listen(descriptor, backlog)
      return {
        transport,
        descriptor,
        address: path,
        close: () => {
          sockets.close(descriptor)
          file.remove()
        },
      }
    } catch (error) {
      sockets.close(descriptor)
      throw error
    }
  } catch (error) {
    throw explainSocketFault(error, path)
  }
}

function isAnswered(sockets: Sockets, path: string): boolean {
  const descriptor = sockets.create('unix', 'datagram')
  try {
    sockets.connect(descriptor, { family: 'unix', path })
    return true
  } catch (error) {
    return isListenedTo(error)
  } finally {
    sockets.close(descriptor)
  }
}
