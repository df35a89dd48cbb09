import { BlockList, isIP } from 'node:net'
import type { ProxySettings } from '../../../component/outbound-settings.ts'

/** The proxy through which `url` is reached; `undefined` when it is reached directly, as this machine itself always is. */
export function chooseProxy(url: URL, settings: ProxySettings): string | undefined {
  const isTls = url.protocol === 'https:'
  const proxy = isTls ? settings.https : settings.http
  if (proxy === undefined || proxy === '') return undefined
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (isOwnMachine(host)) return undefined
  const target: Target = { host, port: url.port || (isTls ? '443' : '80') }
  const isDirect = settings.noProxy.some((entry) =>
    matches(entry.trim().toLowerCase(), target, settings.matchesEndings),
  )
  return isDirect ? undefined : proxy
}

interface Target {
  readonly host: string
  readonly port: string
}

/** As Go's clients decide, whom Datadog's agent leaves it to. */
function isOwnMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function matches(entry: string, { host, port }: Target, matchesEndings: boolean): boolean {
  if (entry === '') return false
  if (entry === '*') return true
  if (entry.includes('/')) return isWithin(host, entry)
  const { name, onPort } = splitPort(entry)
  if (onPort !== undefined && onPort !== port) return false
  if (name === host) return true
  if (!matchesEndings || isIP(host) !== 0) return false
  return host.endsWith(name.startsWith('*.') ? name.slice(1) : `.${name.replace(/^\./, '')}`)
}

/** `example.com:8080`, `[::1]:8080`, `::1` */
function splitPort(entry: string): { readonly name: string; readonly onPort?: string } {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry)
  const parts = bracketed ?? (isIP(entry) === 6 ? undefined : /^(.*?)(?::(\d+))?$/.exec(entry))
  const [, name = entry, onPort] = parts ?? []
  return { name, ...(onPort !== undefined && { onPort }) }
}

/** Whether an address is in a range such as `10.0.0.0/8`; a name is in none. */
function isWithin(host: string, range: string): boolean {
  const [network = '', bits = ''] = range.split('/')
  const version = isIP(network)
  const family = version === 6 ? 'ipv6' : 'ipv4'
  const prefix = Number(bits)
  const isRange = version !== 0 && /^\d+$/.test(bits) && prefix <= (version === 6 ? 128 : 32)
  if (!isRange || isIP(host) !== version) return false
  const list = new BlockList()
  list.addSubnet(network, prefix, family)
  return list.check(host, family)
}
