import type { Credentials } from './credentials.ts'
import { LibcError } from './libc.ts'
import { loadKoffi, type Koffi } from './load-koffi.ts'
import { batchSizeBytes, MessageBatch, type BatchSize } from './message-batch.ts'
import { allocateMemory, type NativeMemory } from './native-memory.ts'
import { bindEpoll, ReadySet } from './ready-set.ts'
import { encodeSocketAddress, familyNumbers, type SocketAddress } from './socket-address.ts'
import {
  codeOfOption,
  knownArchitectures,
  memoryFiguresNumber,
  peerCredentialsNumber,
  socketLevel,
  type SocketOption,
} from './socket-options.ts'

/**
 * Sockets of the C library, for what those of Node cannot do: many messages in one call, and who sent them. All descriptors
 * are non-blocking. They belong to the process: any thread of it may use them, and close them by `close`.
 */
export interface Sockets {
  /** @throws {LibcError} */
  readonly create: (family: SocketAddress['family'], type: 'datagram' | 'stream') => number
  /** @throws {LibcError} `EADDRINUSE`, `EACCES`, … */
  readonly bind: (descriptor: number, address: SocketAddress) => void
  /** @throws {LibcError} `ECONNREFUSED` where a socket's file is there but nobody listens, `EPROTOTYPE` where it is of another type. */
  readonly connect: (descriptor: number, address: SocketAddress) => void
  /** @throws {LibcError} */
  readonly listen: (descriptor: number, backlog: number) => void
  /**
   * @returns `undefined` when nobody waits.
   * @throws {LibcError} `EMFILE` when this process has too many files open.
   */
  readonly accept: (listener: number) => number | undefined
  /** @throws {LibcError} `EPERM` for what the process may not set. */
  readonly setOption: (descriptor: number, option: SocketOption, value: number) => void
  /** Bytes of its receive buffer as the kernel counts them, its own overhead included. */
  readonly receiveBufferOf: (descriptor: number) => number
  /** Who connected, or listens, at the other end; all 0 where that is not known. */
  readonly peerOf: (descriptor: number) => Credentials
  /** Packets that the kernel has dropped since the socket was made, since its buffer was full. @see sock_diag(7), SK_MEMINFO_DROPS */
  readonly dropsOf: (descriptor: number) => number
  /**
   * Fills the places of a batch with what is there.
   * @returns How many messages there are; 0 when nothing is there, and where the socket fails.
   */
  readonly receiveBatch: (descriptor: number, batch: MessageBatch) => number
  /**
   * Reads from a stream into `memory`, from `at`.
   * @returns How many bytes; 0 when the other side has closed, or the connection is broken; -1 when nothing is there.
   */
  readonly receive: (descriptor: number, memory: NativeMemory, place: StreamPlace) => number
  /** @returns Whether the kernel took the packet. */
  readonly send: (descriptor: number, packet: Uint8Array) => boolean
  /** A descriptor that can be read once 8 bytes, a number above 0, have been written to it. @throws {LibcError} @see eventfd(2) */
  readonly createEvent: () => number
  /** Makes it unreadable again. */
  readonly clearEvent: (descriptor: number) => void
  /** Not by `closeSync` of `node:fs`, which in a worker wants to have opened what it closes. */
  readonly close: (descriptor: number) => void
  /** @throws {LibcError} */
  readonly createReadySet: () => ReadySet
  readonly createBatch: (size: BatchSize) => MessageBatch
  readonly allocate: (sizeBytes: number) => NativeMemory
}

export interface StreamPlace {
  readonly at: number
  readonly length: number
}

/** The calls, or in one sentence why there are none. */
export type SocketsOpening =
  | { readonly kind: 'open'; readonly sockets: Sockets }
  | { readonly kind: 'absent'; readonly reason: string }

const typeNumbers = { stream: 1, datagram: 2 } as const
const closeOnExec = 0o2_000_000
const nonBlocking = 0o4000
const dontWait = 0x40
/** No SIGPIPE, which Node ignores anyway. */
const noSignal = 0x4000
const memoryFigures = 9
const dropsFigure = 8
const againCodes = new Set([11, 4])

/** Loads koffi, and through it the C library that Node itself runs on. */
export function openSockets(): SocketsOpening {
  if (process.platform !== 'linux') return { kind: 'absent', reason: 'this is not Linux' }
  if (!knownArchitectures.includes(process.arch)) {
    return { kind: 'absent', reason: `its structures on ${process.arch} are not known` }
  }
  try {
    return { kind: 'open', sockets: bindSockets(loadKoffi()) }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    return { kind: 'absent', reason: `koffi cannot be loaded: ${reason}` }
  }
}

function bindSockets(koffi: Koffi): Sockets {
  const check = (what: string, answer: number): number => {
    if (answer < 0) throw new LibcError(what, koffi.errno())
    return answer
  }
  const parts = { koffi, library: koffi.load(null), check }
  return {
    ...bindOpening(parts),
    ...bindOptions(parts),
    ...bindTransfer(parts),
    ...bindWaiting(parts),
    createBatch: (size) => new MessageBatch(allocateMemory(koffi, batchSizeBytes(size)), size),
    allocate: (sizeBytes) => allocateMemory(koffi, sizeBytes),
  }
}

interface Parts {
  readonly koffi: Koffi
  readonly library: ReturnType<Koffi['load']>
  readonly check: (what: string, answer: number) => number
}

type Opening = Pick<Sockets, 'create' | 'bind' | 'connect' | 'listen' | 'accept'>

function bindOpening({ koffi, library, check }: Parts): Opening {
  const socket = library.func('int socket(int, int, int)')
  const bind = library.func('int bind(int, const void *, uint32_t)')
  const connect = library.func('int connect(int, const void *, uint32_t)')
  const listen = library.func('int listen(int, int)')
  const accept4 = library.func('int accept4(int, void *, void *, int)')
  return {
    create: (family, type) => {
      const flags = typeNumbers[type] | closeOnExec | nonBlocking
      return check('make a socket', socket(familyNumbers[family], flags, 0))
    },
    bind: (descriptor, address) => {
      const bytes = encodeSocketAddress(address)
      check(`listen on ${nameOf(address)}`, bind(descriptor, bytes, bytes.length))
    },
    connect: (descriptor, address) => {
      const bytes = encodeSocketAddress(address)
      check(`connect to ${nameOf(address)}`, connect(descriptor, bytes, bytes.length))
    },
    listen: (descriptor, backlog) => {
      check('listen', listen(descriptor, backlog))
    },
    accept: (listener) => {
      const descriptor = accept4(listener, null, null, closeOnExec | nonBlocking)
      if (descriptor >= 0) return descriptor
      // The client may be gone again; the kernel then says so once.
      if (againCodes.has(koffi.errno()) || koffi.errno() === connectionAborted) return undefined
      return check('accept a connection', descriptor)
    },
  }
}

const connectionAborted = 103

type Options = Pick<Sockets, 'setOption' | 'receiveBufferOf' | 'peerOf' | 'dropsOf'>

function bindOptions({ library, check }: Parts): Options {
  const setsockopt = library.func('int setsockopt(int, int, int, const void *, uint32_t)')
  const getsockopt = library.func('int getsockopt(int, int, int, void *, void *)')
  const ask = (descriptor: number, option: number, count: number): Uint32Array => {
    const values = new Uint32Array(count)
    const length = new Uint32Array([values.byteLength])
    getsockopt(descriptor, socketLevel, option, values, length)
    return values
  }
  return {
    setOption: (descriptor, option, value) => {
      const { level, number } = codeOfOption(option)
      const bytes = new Int32Array([value])
      check(`set ${option} of a socket`, setsockopt(descriptor, level, number, bytes, 4))
    },
    receiveBufferOf: (descriptor) =>
      ask(descriptor, codeOfOption('receiveBuffer').number, 1)[0] ?? 0,
    peerOf: (descriptor) => {
      const [pid = 0, uid = 0, gid = 0] = ask(descriptor, peerCredentialsNumber, 3)
      return { pid, uid, gid }
    },
    dropsOf: (descriptor) => ask(descriptor, memoryFiguresNumber, memoryFigures)[dropsFigure] ?? 0,
  }
}

type Transfer = Pick<Sockets, 'receiveBatch' | 'receive' | 'send'>

function bindTransfer({ koffi, library }: Parts): Transfer {
  const recvmmsg = library.func('int recvmmsg(int, uintptr_t, unsigned int, int, uintptr_t)')
  const recv = library.func('long recv(int, uintptr_t, size_t, int)')
  const send = library.func('long send(int, const void *, size_t, int)')
  return {
    receiveBatch: (descriptor, batch) =>
      Math.max(0, recvmmsg(descriptor, batch.address, batch.count, dontWait, 0)),
    receive: (descriptor, memory, { at, length }) => {
      const received = recv(descriptor, memory.address + at, length, dontWait)
      if (received >= 0) return received
      return againCodes.has(koffi.errno()) ? -1 : 0
    },
    send: (descriptor, packet) =>
      send(descriptor, packet, packet.length, dontWait | noSignal) === packet.length,
  }
}

type Waiting = Pick<Sockets, 'createEvent' | 'clearEvent' | 'close' | 'createReadySet'>

function bindWaiting({ library, check }: Parts): Waiting {
  const eventfd = library.func('int eventfd(unsigned int, int)')
  const read = library.func('long read(int, void *, size_t)')
  const close = library.func('int close(int)')
  const epoll = bindEpoll(library)
  const number = Buffer.alloc(8)
  return {
    createEvent: () => check('make an event descriptor', eventfd(0, closeOnExec | nonBlocking)),
    clearEvent: (descriptor) => {
      read(descriptor, number, number.length)
    },
    close: (descriptor) => {
      close(descriptor)
    },
    createReadySet: () => new ReadySet(epoll, check),
  }
}

function nameOf(address: SocketAddress): string {
  return address.family === 'unix' ? address.path : `${address.address} port ${address.port}`
}
