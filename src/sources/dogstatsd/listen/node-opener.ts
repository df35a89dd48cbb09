import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import {
  ListenError,
  noDatagramsCode,
  type Listener,
  type Opener,
  type UdpPlace,
} from './listener.ts'
import { ownReceiveBufferBytes } from './receive-buffer.ts'
import { explainSocketFault, isListenedTo, prepareSocketPath, SocketFile } from './socket-file.ts'
import { explainUdpFault, listUdpAddresses, openFirst } from './udp-listening.ts'
import { formatUdpAddress, type UdpAddress } from './udp-address.ts'

/** Who is told of what comes in. */
export interface NodeOpenerOptions {
  readonly onPacket: (packet: Uint8Array) => void
  readonly onConnection: (socket: Socket) => void
  readonly maxConnections: number
}

/** Opens sockets of Node itself, which run in the thread that opens them. They know no datagrams on Unix sockets. */
export function createNodeOpener(options: NodeOpenerOptions): Opener<Listener> {
  return {
    openUdp: async (place) =>
      openFirst(await listUdpAddresses(place), (address) => openUdp(address, place, options)),
    openUnix: async (transport, path) => {
      if (transport === 'uds') {
        const message = `Cannot make the socket ${path}: Node knows no datagrams on Unix sockets, and koffi is not there; use UDP or dogstatsd_stream_socket`
        throw new ListenError(noDatagramsCode, message)
      }
      return openStream(path, options)
    },
  }
}

async function openUdp(
  { family, address, port }: UdpAddress,
  { receiveBufferBytes }: UdpPlace,
  { onPacket }: NodeOpenerOptions,
): Promise<Listener> {
  const shown = formatUdpAddress({ family, address, port })
  const recvBufferSize = receiveBufferBytes === 0 ? ownReceiveBufferBytes : receiveBufferBytes
  const socket = createSocket({ type: family === 'ipv6' ? 'udp6' : 'udp4', recvBufferSize })
  try {
    const bound = once(socket, 'listening')
    socket.bind(port, address)
    await bound
  } catch (error) {
    socket.close()
    throw explainUdpFault(error, shown)
  }
  socket.on('message', onPacket)
  // What an answer of the network leaves on the socket is no fault of ours.
  socket.on('error', () => undefined)
  return { transport: 'udp', address: shown, close: () => void socket.close() }
}

async function openStream(path: string, options: NodeOpenerOptions): Promise<Listener> {
  await prepareSocketPath(path, isAnswered)
  const server = createServer(options.onConnection)
  server.maxConnections = options.maxConnections
  try {
    const listening = once(server, 'listening')
    server.listen(path)
    await listening
    const file = new SocketFile(path)
    const close = (): void => {
      // Node removes the file when it closes the server, whoever has made it: it must be away by then, or be another's.
      file.remove()
      server.close()
    }
    return { transport: 'uds-stream', address: path, close }
  } catch (error) {
    server.close()
    throw explainSocketFault(error, path)
  }
}

async function isAnswered(path: string): Promise<boolean> {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return true
  } catch (error) {
    return isListenedTo(error)
  } finally {
    socket.destroy()
  }
}
