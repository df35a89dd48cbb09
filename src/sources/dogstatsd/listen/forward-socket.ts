import type { Sockets } from '../../../libc/sockets.ts'
import { codeOf, ListenError } from './listener.ts'
import { formatUdpAddress, resolveUdpAddress } from './udp-address.ts'

/** Where packets are copied to. */
export interface ForwardTarget {
  readonly host: string
  readonly port: number
}

/**
 * A socket that is connected to where packets are copied to.
 * @throws {ListenError} If the name has no address, or there is no way to it.
 */
export async function openForwardSocket(sockets: Sockets, target: ForwardTarget): Promise<number> {
  try {
    const address = await resolveUdpAddress(target.host, target.port)
    const descriptor = sockets.create(address.family, 'datagram')
    try {
      sockets.connect(descriptor, address)
      return descriptor
    } catch (error) {
      sockets.close(descriptor)
      throw new Error(`Cannot connect to ${formatUdpAddress(address)}`, { cause: error })
    }
  } catch (error) {
    const code = codeOf(error) || codeOf(Object(error).cause)
    const message = `Cannot copy packets to ${target.host}:${target.port}: ${code}; check statsd_forward_host`
    throw new ListenError(code, message, { cause: error })
  }
}
