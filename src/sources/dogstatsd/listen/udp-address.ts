import { lookup } from 'node:dns/promises'
import { isIP, isIPv4, isIPv6 } from 'node:net'
import type { SocketAddress } from '../../../libc/socket-address.ts'

/** An address that UDP is to be received at, or sent to. */
export type UdpAddress = Exclude<SocketAddress, { readonly family: 'unix' }>

/**
 * The address of a host, that of IPv4 where it has both.
 * @param host An address, or a name such as `localhost`.
 * @throws {Error} If the name has no address.
 */
export async function resolveUdpAddress(host: string, port: number): Promise<UdpAddress> {
  const address = isIP(host) === 0 ? (await lookup(host, { order: 'ipv4first' })).address : host
  return { family: isIPv4(address) ? 'ipv4' : 'ipv6', address, port }
}

/** Whether it stands for all addresses of this machine. */
export function isAnyAddress(host: string): boolean {
  return host === '0.0.0.0' || (isIPv6(host) && /^[0:]+$/.test(host))
}

/** As people write it: `127.0.0.1:8125`, `[::1]:8125`. */
export function formatUdpAddress({ family, address, port }: UdpAddress): string {
  return family === 'ipv6' ? `[${address}]:${port}` : `${address}:${port}`
}
