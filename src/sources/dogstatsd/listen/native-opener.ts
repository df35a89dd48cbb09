import type { Sockets } from '../../../libc/sockets.ts'
import type { BoundListener, Opener } from './listener.ts'
import { openUdpListener } from './udp-listener.ts'
import { openUnixListener } from './unix-listener.ts'

/** Opens sockets of the C library. */
export function createNativeOpener(sockets: Sockets): Opener<BoundListener> {
  return {
    openUdp: async (place) => openUdpListener(sockets, place),
    openUnix: async (transport, path) => openUnixListener(sockets, transport, path),
  }
}
