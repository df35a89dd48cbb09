import { z } from 'zod'

/** Where a server listens: a host name or IP address (IPv6 without brackets) and a port, 0 for any free one. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

const allowed = 'host:port, such as 127.0.0.1:8127, 0.0.0.0:8127 or [::1]:8127'
const grammar = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+)):(\d{1,5})$/i

/** `host:port` as people write it. */
export const listenAddress: z.ZodType<ListenAddress, string> = z
  .string()
  .regex(grammar)
  .transform(toAddress)
  .refine(({ port }) => port <= 65_535)
  .meta({ allowed })

/** Whether only this machine can reach the address. */
export function isLoopback({ host }: ListenAddress): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** The address under which a client on this machine reaches what listens there. */
export function toLocalUrl({ host, port }: ListenAddress): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`
  if (host === '::') return `http://[::1]:${port}`
  return host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`
}

function toAddress(text: string): ListenAddress {
  const [, ipv6, name = '', port] = grammar.exec(text) ?? []
  return { host: ipv6 ?? name, port: Number(port) }
}
