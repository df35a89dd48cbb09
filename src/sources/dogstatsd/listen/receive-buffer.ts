import type { Sockets } from '../../../libc/sockets.ts'

/**
 * Room for some 50 ms of packets at the highest rate that was seen: receiving may stand still for as long, when the machine
 * has better things to do.
 */
export const ownReceiveBufferBytes = 16 * 1024 * 1024

/**
 * Makes the receive buffer of a socket as large as wanted: beyond `net.core.rmem_max` with CAP_NET_ADMIN, else up to it.
 * @param wantedBytes 0 means our own default.
 */
export function widenReceiveBuffer(
  sockets: Sockets,
  descriptor: number,
  wantedBytes: number,
): void {
  const sizeBytes = wantedBytes === 0 ? ownReceiveBufferBytes : wantedBytes
  try {
    sockets.setOption(descriptor, 'receiveBufferForced', sizeBytes)
  } catch {
    sockets.setOption(descriptor, 'receiveBuffer', sizeBytes)
  }
}
