import { isLittleEndian } from './byte-order.ts'

/** Where a socket is bound or connected to. */
export type SocketAddress =
  | { readonly family: 'unix'; readonly path: string }
  | { readonly family: 'ipv4' | 'ipv6'; readonly address: string; readonly port: number }

/** Numbers of the families on Linux. */
export const familyNumbers = { unix: 1, ipv4: 2, ipv6: 10 } as const

/** Longest path of a Unix socket in bytes. */
export const maxSocketPathBytes = 107

/**
 * `struct sockaddr_un`, `sockaddr_in` or `sockaddr_in6`.
 * @param where With an address that `node:net` finds valid, and a path of at most `maxSocketPathBytes`.
 * @see unix(7), ip(7), ipv6(7)
 */
export function encodeSocketAddress(where: SocketAddress): Buffer {
  if (where.family === 'unix') return encodeUnix(where.path)
  return where.family === 'ipv4'
    ? encodeIpv4(where.address, where.port)
    : encodeIpv6(where.address, where.port)
}

function encodeUnix(path: string): Buffer {
  const name = Buffer.from(path)
  return Buffer.concat([begin('unix', 2), name, Buffer.of(0)])
}

function encodeIpv4(address: string, port: number): Buffer {
  const bytes = begin('ipv4', 16)
  bytes.writeUInt16BE(port, 2)
  bytes.set(parseIpv4(address), 4)
  return bytes
}

function encodeIpv6(address: string, port: number): Buffer {
  const [groups = '', zone = '0'] = address.split('%', 2)
  const bytes = begin('ipv6', 28)
  bytes.writeUInt16BE(port, 2)
  bytes.set(parseIpv6(groups), 8)
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(24, Number(zone), isLittleEndian)
  return bytes
}

function begin(family: keyof typeof familyNumbers, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  new DataView(bytes.buffer, bytes.byteOffset).setUint16(0, familyNumbers[family], isLittleEndian)
  return bytes
}

function parseIpv4(address: string): readonly number[] {
  return address.split('.').map(Number)
}

function parseIpv6(address: string): readonly number[] {
  const [head = '', tail] = address.split('::', 2)
  const before = parseGroups(head)
  const behind = parseGroups(tail ?? '')
  const missing = 16 - before.length - behind.length
  return [...before, ...Array.from({ length: missing }, () => 0), ...behind]
}

/** The last group may be an address of IPv4, as in `::ffff:127.0.0.1`. */
function parseGroups(text: string): readonly number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return parseIpv4(group)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}
