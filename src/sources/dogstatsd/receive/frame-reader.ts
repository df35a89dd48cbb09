import { spareBytes } from '../../../libc/message-batch.ts'

const headerBytes = 4

/** Memory that frames are read in: what is left of the reading before, one reading, and room for who reads the last frame. */
export function frameMemoryBytes(packetBytes: number, chunkBytes: number): number {
  return headerBytes + packetBytes + chunkBytes + spareBytes
}

/**
 * Takes the frames of one connection from what is read of it: four bytes for the length, the low one first, then the packet.
 * The memory may be shared with others: what is left of a frame is kept here until the rest comes.
 */
export class FrameReader {
  readonly #packetBytes: number
  /** Bytes behind a frame, which its reader may write to, while it does. */
  readonly #saved = new Uint8Array(spareBytes)
  #rest: Uint8Array | undefined

  constructor(packetBytes: number) {
    this.#packetBytes = packetBytes
  }

  /** Whether a frame has begun, and not ended. */
  get isWithinFrame(): boolean {
    return this.#rest !== undefined
  }

  /** Puts what is left of the last reading at the start of `memory`. @returns Its length: the next bytes belong behind it. */
  begin(memory: Uint8Array): number {
    const rest = this.#rest
    if (rest === undefined) return 0
    memory.set(rest)
    this.#rest = undefined
    return rest.length
  }

  /**
   * Hands on each whole frame in `memory` up to `end`.
   * @returns The length of a frame that is too long, behind which nothing can be read any more; `undefined` when there is none.
   */
  take(
    memory: Uint8Array,
    end: number,
    onFrame: (from: number, to: number) => void,
  ): number | undefined {
    let at = 0
    while (end - at >= headerBytes) {
      const length = readLength(memory, at)
      if (length > this.#packetBytes) return length
      const from = at + headerBytes
      if (end - from < length) break
      at = from + length
      if (length === 0) continue
      this.#save(memory, at)
      onFrame(from, at)
      memory.set(this.#saved, at)
    }
    if (at < end) this.#rest = memory.slice(at, end)
    return undefined
  }

  /** Keeps what the frame's reader may write over. */
  #save(memory: Uint8Array, from: number): void {
    for (let i = 0; i < spareBytes; i += 1) this.#saved[i] = memory[from + i] ?? 0
  }
}

function readLength(memory: Uint8Array, at: number): number {
  const low = (memory[at] ?? 0) | ((memory[at + 1] ?? 0) << 8)
  const high = (memory[at + 2] ?? 0) | ((memory[at + 3] ?? 0) << 8)
  return low + high * 0x1_0000
}
