import { isLittleEndian } from './byte-order.ts'

/** On x86 the structure is packed. */
const isPacked = process.arch === 'x64' || process.arch === 'ia32'
const dataOffset = isPacked ? 4 : 8

/** Size of `struct epoll_event` in bytes. */
export const epollEventBytes: number = isPacked ? 12 : 16

/** Wakes when there is something to read, or a process has ended. */
export const epollIn = 0x001
/** Wakes when the kernel says that a file of a cgroup changed. */
export const epollPriority = 0x002

/**
 * A `struct epoll_event` for `epoll_ctl`.
 * @param token Comes back from `epoll_wait`.
 * @see epoll_event(3type)
 */
export function encodeEpollEvent(events: number, token: number): Buffer {
  const bytes = Buffer.alloc(epollEventBytes)
  const numbers = new DataView(bytes.buffer, bytes.byteOffset)
  numbers.setUint32(0, events, isLittleEndian)
  numbers.setUint32(dataOffset, token, isLittleEndian)
  return bytes
}

/** The tokens of the first `count` structures that `epoll_wait` has written. */
export function decodeEpollTokens(bytes: Buffer, count: number): readonly number[] {
  return Array.from({ length: count }, (_none, at) => decodeEpollToken(bytes, at))
}

/** The token of the structure at `index`. */
export function decodeEpollToken(bytes: Buffer, index: number): number {
  const at = index * epollEventBytes + dataOffset
  return isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
}
