import type { Sockets } from '../../../libc/sockets.ts'
import type { BoundListener, UdpPlace } from './listener.ts'
import { widenReceiveBuffer } from './receive-buffer.ts'
import { formatUdpAddress, isAnyAddress, type UdpAddress } from './udp-address.ts'
import { explainUdpFault, listUdpAddresses, openFirst } from './udp-listening.ts'

/** Opens a socket for UDP. @throws {ListenError} */
export async function openUdpListener(sockets: Sockets, place: UdpPlace): Promise<BoundListener> {
  return openFirst(await listUdpAddresses(place), (address) => {
    try {
      const descriptor = open(sockets, address, place.receiveBufferBytes)
      const close = (): void => sockets.close(descriptor)
      return { transport: 'udp', descriptor, address: formatUdpAddress(address), close }
    } catch (error) {
      throw explainUdpFault(error, formatUdpAddress(address))
    }
  })
}

function open(sockets: Sockets, address: UdpAddress, receiveBufferBytes: number): number {
  const descriptor = sockets.create(address.family, 'datagram')
  try {
    if (address.family === 'ipv6' && isAnyAddress(address.address)) {
      sockets.setOption(descriptor, 'ipv6Only', 0)
    }
    widenReceiveBuffer(sockets, descriptor, receiveBufferBytes)
    sockets.bind(descriptor, address)
    return descriptor
  } catch (error) {
    sockets.close(descriptor)
    throw error
  }
}
