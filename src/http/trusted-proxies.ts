import { BlockList, isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Whether what an address says of the clients behind it is believed. */
export type ProxyTrust = (address: string | undefined) => boolean

/**
 * Trusts the proxies of a list of addresses and CIDR ranges; what is neither is passed over, since the configuration has
 * checked it.
 */
export function createProxyTrust(proxies: readonly string[]): ProxyTrust {
  const trusted = new BlockList()
  for (const proxy of proxies) add(trusted, proxy)
  return (address) => {
    const bare = bareAddress(address ?? '')
    const version = isIP(bare)
    return version !== 0 && trusted.check(bare, version === 4 ? 'ipv4' : 'ipv6')
  }
}

/**
 * The address of whoever asks: of the connection, or, where that is a trusted proxy's, what it says. `fastify` walks through
 * `X-Forwarded-For` from its end for as long as it meets trusted proxies.
 */
export function clientAddress(request: FastifyRequest): string {
  const address = bareAddress(request.ip)
  return isIP(address) === 0 ? bareAddress(request.socket.remoteAddress ?? '') : address
}

function add(trusted: BlockList, proxy: string): void {
  const [network = '', bits] = proxy.trim().split('/', 2)
  const version = isIP(network)
  if (version === 0) return
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (bits === undefined) trusted.addAddress(network, family)
  else trusted.addSubnet(network, Number(bits), family)
}

/** IPv4 as a socket that listens on `::` tells it is IPv4 all the same. */
function bareAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
