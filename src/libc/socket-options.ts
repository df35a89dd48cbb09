/** Options of sockets, with their level and number on the architectures that follow the kernel's generic list. */
const options = {
  /** Bytes that may wait; the kernel doubles what it is given. */
  receiveBuffer: { level: 1, number: 8 },
  /** The same beyond `net.core.rmem_max`, with CAP_NET_ADMIN. */
  receiveBufferForced: { level: 1, number: 33 },
  /** Messages come with the credentials of their sender. */
  passCredentials: { level: 1, number: 16 },
  /** Whether a socket of IPv6 leaves IPv4 to others. */
  ipv6Only: { level: 41, number: 26 },
} as const

export type SocketOption = keyof typeof options

/** Level and number of an option. @see socket(7), ipv6(7), `asm-generic/socket.h` */
export function codeOfOption(option: SocketOption): { level: number; number: number } {
  return options[option]
}

/** `SO_PEERCRED` and `SO_MEMINFO`, whose values are structures. */
export const peerCredentialsNumber = 17
export const memoryFiguresNumber = 55
export const socketLevel = 1

/** Architectures whose sockets have these numbers, and 64-bit structures. */
export const knownArchitectures: readonly string[] = ['x64', 'arm64', 'riscv64', 'loong64']
