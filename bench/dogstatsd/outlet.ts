import { getSystemErrorName } from 'node:util'
import { isLittleEndian } from '../../src/libc/byte-order.ts'
import { loadKoffi, type Koffi } from '../../src/libc/load-koffi.ts'
import { allocateMemory, type NativeMemory } from '../../src/libc/native-memory.ts'
import { encodeSocketAddress, familyNumbers } from '../../src/libc/socket-address.ts'
import type { Load, Packets } from './load.ts'

/** A connected socket and packets that are ready to go. */
export interface Outlet {
  /**
   * Sends packets in one call of the kernel.
   * @returns How many it took from the first on; 0 when it has no room, or nobody listens on that port.
   */
  send(first: number, count: number): number
}

const datagram = 2
const doNotWait = 0x40
/** Sizes of `struct mmsghdr` and `struct iovec` where a pointer has eight bytes. */
const [headerBytes, vectorBytes] = [64, 16]
/** What a sender may meet in an ordinary life. */
const ordinary: readonly string[] = ['EAGAIN', 'ENOBUFS', 'ECONNREFUSED']

/**
 * A socket as a client written in C has it, so that the sender is not what is measured: `sendmmsg` through koffi, on headers
 * that are made once.
 * @throws {Error} If nobody listens there.
 */
export function openOutlet({ to, isPatient }: Load, packets: Packets): Outlet {
  const koffi = loadKoffi()
  const library = koffi.load(null)
  const socket = library.func('int socket(int, int, int)')
  const connect = library.func('int connect(int, const void *, uint32_t)')
  const sendmmsg = library.func('int sendmmsg(int, uintptr_t, unsigned int, int)')
  const codeOf = (): string => getSystemErrorName(-koffi.errno())

  const address = encodeSocketAddress(
    to.kind === 'uds'
      ? { family: 'unix', path: to.path }
      : { family: 'ipv4', address: '127.0.0.1', port: to.port },
  )
  const family = to.kind === 'uds' ? familyNumbers.unix : familyNumbers.ipv4
  const descriptor = socket(family, datagram, 0)
  if (connect(descriptor, address, address.length) < 0) {
    throw new Error(`Cannot connect to ${JSON.stringify(to)}: ${codeOf()}`)
  }
  const headers = layOut(koffi, packets)
  const flags = isPatient ? 0 : doNotWait
  return {
    send(first, count) {
      const taken = sendmmsg(descriptor, headers.start + first * headerBytes, count, flags)
      if (taken >= 0) return taken
      if (ordinary.includes(codeOf())) return 0
      throw new Error(`Cannot send: ${codeOf()}`)
    },
  }
}

/** Headers in memory; the kernel is given addresses only, so that `kept` is all that refers to what they point to. */
interface Headers {
  readonly start: number
  readonly kept: readonly NativeMemory[]
}

function layOut(koffi: Koffi, { bytes, ends }: Packets): Headers {
  const data = allocateMemory(koffi, bytes.length)
  data.bytes.set(bytes)
  const vectors = allocateMemory(koffi, ends.length * vectorBytes)
  const headers = allocateMemory(koffi, ends.length * headerBytes)
  const [vectorView, headerView] = [vectors, headers].map((one) => new DataView(one.bytes.buffer))
  const write = (view: DataView | undefined, at: number, value: number): void =>
    view?.setBigUint64(at, BigInt(value), isLittleEndian)
  ends.forEach((end, at) => {
    const from = ends[at - 1] ?? 0
    write(vectorView, at * vectorBytes, data.address + from)
    write(vectorView, at * vectorBytes + 8, end - from)
    // `msg_iov` stands at byte 16 of a `struct msghdr`, `msg_iovlen` at byte 24.
    write(headerView, at * headerBytes + 16, vectors.address + at * vectorBytes)
    write(headerView, at * headerBytes + 24, 1)
  })
  return { start: headers.address, kept: [data, vectors, headers] }
}
