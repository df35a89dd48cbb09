/** Takes one frame of a multiplexed stream: what a container printed, or a part of it. */
export type TakeFrame = (
  bytes: Buffer,
  range: { readonly start: number; readonly end: number },
  kind: number,
) => void

/**
 * Reads the stream of a container without a terminal: of each frame a byte for its kind (0 and 1 stdout, 2 stderr, 3 an error
 * of the engine), three zeros, its size with the highest byte first, and its bytes.
 * @see Docker Engine API, "Attach to a container", "Stream format"
 */
export class MultiplexedStream {
  readonly #takeFrame: TakeFrame
  #kept = nothing

  constructor(takeFrame: TakeFrame) {
    this.#takeFrame = takeFrame
  }

  /** What comes next begins with a frame: the rest of the one before will not come. */
  begin(): void {
    this.#kept = nothing
  }

  /** Takes the next bytes. Gives what does not begin as a frame does, from where it does not; else `undefined`. */
  take(bytes: Buffer): Buffer | undefined {
    const all = this.#kept.length === 0 ? bytes : Buffer.concat([this.#kept, bytes])
    let at = 0
    while (all.length - at >= headerBytes) {
      const kind = all.readUInt32LE(at)
      const size = all.readUInt32BE(at + 4)
      if (kind > lastKind || size > mostBytes) return all.subarray(at)
      const end = at + headerBytes + size
      if (end > all.length) break
      if (size > 0) this.#takeFrame(all, { start: at + headerBytes, end }, kind)
      at = end
    }
    this.#kept = Buffer.from(all.subarray(at))
    return undefined
  }
}

const nothing = Buffer.alloc(0)
const headerBytes = 8
const lastKind = 3
/** The engine cuts lines at 16 KiB; what says more is no size. */
const mostBytes = 16 * 1024 * 1024
