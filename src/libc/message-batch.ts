import { isLittleEndian } from './byte-order.ts'
import type { NativeMemory } from './native-memory.ts'

/** Sizes of `struct mmsghdr`, of `struct iovec`, and of one control message with credentials, on 64-bit Linux. */
const headerBytes = 64
const vectorBytes = 16
const controlBytes = 32

/** Places within a `struct mmsghdr`, in words of four bytes. */
const headerWords = headerBytes >> 2
const controlLengthWord = 40 >> 2
const flagsWord = 48 >> 2
const lengthWord = 56 >> 2

/** Within a control message: its level and type, then the process, the user and the group that sent it. */
const levelWord = 2
const typeWord = 3
const pidWord = 4
const socketLevel = 1
const credentialsType = 2
const truncatedFlag = 0x20

const lineBytes = 64
/** Bytes behind each message that a reader may write to. */
export const spareBytes = 8

/** Memory that a batch of `count` messages needs. */
export function batchSizeBytes({ count, messageBytes }: BatchSize): number {
  return count * (headerBytes + vectorBytes + controlBytes + slotBytes(messageBytes)) + lineBytes
}

export interface BatchSize {
  /** Messages of one call. */
  readonly count: number
  /** Longest message; what is longer is cut by the kernel. */
  readonly messageBytes: number
}

/**
 * Places for messages that `recvmmsg` fills, with room for the credentials of their senders. Its structures are written once;
 * afterwards only the numbers that the kernel changes are read and put back.
 * @see recvmmsg(2), cmsg(3), unix(7) "SCM_CREDENTIALS"
 */
export class MessageBatch {
  readonly memory: Uint8Array<ArrayBuffer>
  /** Address of the first `struct mmsghdr`. */
  readonly address: number
  readonly count: number
  readonly #numbers: Int32Array<ArrayBuffer>
  readonly #slotBytes: number
  readonly #dataFrom: number
  readonly #controlWord: number

  constructor(memory: NativeMemory, { count, messageBytes }: BatchSize) {
    this.memory = memory.bytes
    this.address = memory.address
    this.count = count
    this.#numbers = memory.numbers
    this.#slotBytes = slotBytes(messageBytes)
    const vectorsFrom = count * headerBytes
    const controlFrom = vectorsFrom + count * vectorBytes
    this.#controlWord = controlFrom >> 2
    const end = controlFrom + count * controlBytes
    this.#dataFrom = end + lineBytes - ((memory.address + end) % lineBytes)
    const view = new DataView(memory.bytes.buffer)
    const write = (at: number, value: number): void =>
      view.setBigUint64(at, BigInt(value), isLittleEndian)
    for (let i = 0; i < count; i += 1) {
      const header = i * headerBytes
      const vector = vectorsFrom + i * vectorBytes
      write(header + 16, memory.address + vector)
      write(header + 24, 1)
      write(header + 32, memory.address + controlFrom + i * controlBytes)
      write(vector, memory.address + this.from(i))
      write(vector + 8, messageBytes)
    }
    this.rearm(count)
  }

  /** Index in `memory` of the first byte of a message. */
  from(message: number): number {
    return this.#dataFrom + message * this.#slotBytes
  }

  /** Bytes of it that are there. */
  lengthOf(message: number): number {
    return this.#numbers[message * headerWords + lengthWord] ?? 0
  }

  /** Whether it was longer than there is room for. */
  isTruncated(message: number): boolean {
    return ((this.#numbers[message * headerWords + flagsWord] ?? 0) & truncatedFlag) !== 0
  }

  /** Process that sent it, as this process's PID namespace numbers it; 0 where it has no number there, or was not told. */
  pidOf(message: number): number {
    return this.#hasCredentials(message) ? this.#control(message, pidWord) : 0
  }

  /** User of the sender, of whom only root may name another than himself; 0 where it was not told. */
  uidOf(message: number): number {
    return this.#hasCredentials(message) ? this.#control(message, pidWord + 1) >>> 0 : 0
  }

  /** Group of the sender, as true as the user. */
  gidOf(message: number): number {
    return this.#hasCredentials(message) ? this.#control(message, pidWord + 2) >>> 0 : 0
  }

  /** Makes the first `count` places ready to be filled again: the kernel has shortened the room for credentials. */
  rearm(count: number): void {
    for (let i = 0; i < count; i += 1) {
      this.#numbers[i * headerWords + controlLengthWord] = controlBytes
    }
  }

  #hasCredentials(message: number): boolean {
    return (
      this.#numbers[message * headerWords + controlLengthWord] !== 0 &&
      this.#control(message, levelWord) === socketLevel &&
      this.#control(message, typeWord) === credentialsType
    )
  }

  #control(message: number, word: number): number {
    return this.#numbers[this.#controlWord + message * (controlBytes >> 2) + word] ?? 0
  }
}

/**
 * An odd number of cache lines: with a power of two all messages would begin in the same few sets of the processor's cache,
 * and push each other out.
 */
function slotBytes(messageBytes: number): number {
  const lines = Math.ceil((messageBytes + spareBytes) / lineBytes)
  return (lines % 2 === 0 ? lines + 1 : lines) * lineBytes
}
