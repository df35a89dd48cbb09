import type { LogShipment, LogVerdict } from '../../../component/log-delivery.ts'

/** Blocks that are packed at a time. One keeps a core of compressing busy, which is more than reading needs. */
const mostPacking = 1
/**
 * Blocks on their way at a time: enough for 40 MiB a second while each answer takes two seconds. Where they are small, the
 * lines of the next one wait, so that a server that is away for hours costs one large block and not thousands of small ones.
 */
const mostBlocks = 128

/** What was shipped and has no verdict yet, and how much of it there may be. */
export class Flight {
  readonly #maxBytes: number
  readonly #onChange: () => void
  #packing = 0
  #blocks = 0
  #bytes = 0

  /**
   * @param maxBytes Compressed bytes beyond which no more should be read.
   * @param onChange Called when there is more room, and at each verdict.
   */
  constructor(maxBytes: number, onChange: () => void) {
    this.#maxBytes = maxBytes
    this.#onChange = onChange
  }

  get isEmpty(): boolean {
    return this.#blocks === 0
  }

  /** Whether another block may be shipped at this moment. */
  get maySend(): boolean {
    return this.#packing < mostPacking && this.#blocks < mostBlocks
  }

  /** Whether so much is on its way that no more should be read. */
  get isFull(): boolean {
    return this.#bytes >= this.#maxBytes
  }

  /**
   * Follows a shipment. `onPacked` is called when the memory of its block is free, `onVerdict` unless the agent stops
   * before there is one.
   */
  add(
    { packed, settled }: LogShipment,
    on: { packed: () => void; verdict: (verdict: LogVerdict) => void },
  ): void {
    this.#packing += 1
    this.#blocks += 1
    const sized = packed.then((bytes) => {
      this.#packing -= 1
      this.#bytes += bytes
      on.packed()
      this.#onChange()
      return bytes
    })
    const end = async (verdict: LogVerdict | undefined): Promise<void> => {
      this.#bytes -= await sized
      this.#blocks -= 1
      if (verdict !== undefined) on.verdict(verdict)
      this.#onChange()
    }
    settled.then(end, () => end(undefined)).catch(() => {})
  }
}
