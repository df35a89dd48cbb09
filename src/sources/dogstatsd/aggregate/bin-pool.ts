import { Burst } from './burst.ts'
import { FreeList } from './free-list.ts'

/** Consecutive keys of one page; 128 bytes. */
export const pageKeys = 32
/** `key >> pageBits` is the key of the page, which has 11 bits. */
export const pageBits = 5
/** Bits that are left beside the key of a page in one word. */
export const pageNumberBits = 21
export const maxPages = 2 ** pageNumberBits - 1

/**
 * Memory for the bins of all sketches, in pages of 32 consecutive keys: values that belong together lie close. The link of a
 * page is the next page of the same sketch.
 */
export class BinPool {
  /** `pageKeys` for each page; those of a page that nobody has are 0. */
  counts: Uint32Array
  /** For each page. */
  readonly keys: Int16Array
  readonly pages: FreeList
  readonly #burst = new Burst(pageKeys * 4)

  /** @param maxBins Rounded up to whole pages; at most 67 million. */
  constructor(maxBins: number) {
    const limit = Math.min(Math.ceil(maxBins / pageKeys), maxPages)
    this.counts = new Uint32Array(limit * pageKeys)
    this.keys = new Int16Array(limit)
    this.pages = new FreeList(limit)
  }

  /** Bins that memory is in use for. */
  get used(): number {
    return this.pages.used * pageKeys
  }

  /** Once an interval is told: gives memory back that is not needed any more. */
  settle(): void {
    const isOver = this.#burst.isOver(this.pages.top)
    this.pages.rewind()
    if (!isOver) return
    const counts = new Uint32Array(this.counts.length)
    counts.set(this.counts.subarray(0, this.pages.top * pageKeys))
    this.counts = counts
  }
}
