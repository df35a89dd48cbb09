import { isIPv4 } from 'node:net'

/** Whether a host, by name or address, can only mean this machine: `localhost`, `127.0.0.0/8`, `::1`. */
export function isLoopback(host: string): boolean {
  const name = bareHost(host)
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  if (name === '::1' || name === '0:0:0:0:0:0:0:1') return true
  return isIPv4(name.replace(/^::ffff:/, '')) && name.replace(/^::ffff:/, '').startsWith('127.')
}

/** The host of a `Host` header or a URL, in lower case, without port, brackets and last dot. */
export function bareHost(host: string): string {
  const lower = host.trim().toLowerCase()
  if (lower.startsWith('[')) return lower.slice(1).replace(/\](:\d+)?$/, '')
  const colons = lower.split(':').length - 1
  const withoutPort = colons === 1 ? lower.replace(/:\d*$/, '') : lower
  return withoutPort.replace(/\.$/, '')
}
