import type { BinList } from './bin-list.ts'
import { maxPages, pageBits, pageKeys, pageNumberBits, type BinPool } from './bin-pool.ts'
import { PageIndex } from './page-index.ts'
import { chainAt, recentPages, recentPagesAt, rowInts } from './row.ts'

const maxCount = 0xff_ff_ff_ff
/** Keys of pages begin at the negative of it. */
const firstPageKey = 1024
/** Above the number of any page. */
const pageSpan = 2 ** 32

/** Sketches of one interval: for each context a chain of pages of bins. */
export class BucketSketches {
  readonly #pool: BinPool
  readonly #index = new PageIndex()
  readonly #links: Int32Array
  /** Pages of one sketch with their keys, to be sorted. */
  #sorted = new Float64Array(64)

  /** @param links Integers of the interval's rows (`row.ts`). */
  constructor(pool: BinPool, links: Int32Array) {
    this.#pool = pool
    this.#links = links
  }

  /**
   * Adds values to the bin of a key, which holds 2^32 - 1 at most.
   * @returns False when there is no room for another page.
   */
  add(context: number, key: number, weight: number): boolean {
    const pageKey = key >> pageBits
    const recentAt = context * rowInts + recentPagesAt + ((pageKey + firstPageKey) % recentPages)
    const recent = this.#links[recentAt] ?? 0
    const isRecent = recent !== 0 && recent >> pageNumberBits === pageKey
    let page = (recent & maxPages) - 1
    if (!isRecent) {
      page = this.#findOrMake(context, pageKey)
      if (page < 0) return false
      this.#links[recentAt] = (pageKey << pageNumberBits) | (page + 1)
    }
    const counts = this.#pool.counts
    const at = (page << pageBits) + (key & (pageKeys - 1))
    const count = (counts[at] ?? 0) + weight
    counts[at] = count < maxCount ? count : maxCount
    return true
  }

  /** Moves the bins of a context to a list, and gives their memory back. */
  take(context: number, list: BinList): void {
    list.clear()
    const pages = this.#takeChain(context)
    for (let at = 0; at < pages; at += 1) {
      const page = (this.#sorted[at] ?? 0) % pageSpan
      this.#readPage(page, list)
      this.#give(page)
    }
    list.collapse()
  }

  /** Adds the bins of a context to those of another one. */
  merge(from: number, into: number): void {
    const pages = this.#takeChain(from)
    for (let at = 0; at < pages; at += 1) {
      const page = (this.#sorted[at] ?? 0) % pageSpan
      const pageKey = this.#pool.keys[page] ?? 0
      const same = this.#index.find(into, pageKey)
      // The index still has it under its old context, where nobody looks for it any more.
      if (same < 0) this.#enchain(page, into, pageKey)
      else this.#addPage(page, same)
    }
  }

  /** Once all contexts are taken. */
  clear(): void {
    this.#index.clear()
  }

  #findOrMake(context: number, pageKey: number): number {
    const found = this.#index.find(context, pageKey)
    if (found >= 0) return found
    const { pages, keys } = this.#pool
    const page = pages.take()
    if (page < 0) return page
    keys[page] = pageKey
    this.#enchain(page, context, pageKey)
    return page
  }

  #enchain(page: number, context: number, pageKey: number): void {
    const chain = context * rowInts + chainAt
    this.#pool.pages.links[page] = (this.#links[chain] ?? 0) - 1
    this.#links[chain] = page + 1
    this.#index.add(context, pageKey, page)
  }

  #addPage(from: number, into: number): void {
    const { counts } = this.#pool
    for (let bin = 0; bin < pageKeys; bin += 1) {
      const at = (into << pageBits) + bin
      const count = (counts[at] ?? 0) + (counts[(from << pageBits) + bin] ?? 0)
      counts[at] = Math.min(count, maxCount)
    }
    this.#give(from)
  }

  /** Puts the pages of a context into `#sorted`, by their keys, and gives their number. */
  #takeChain(context: number): number {
    const { pages, keys } = this.#pool
    let length = 0
    const row = context * rowInts
    let page = (this.#links[row + chainAt] ?? 0) - 1
    this.#links[row + chainAt] = 0
    this.#links.fill(0, row + recentPagesAt, row + recentPagesAt + recentPages)
    while (page >= 0) {
      if (length === this.#sorted.length) this.#growSorted()
      this.#sorted[length] = ((keys[page] ?? 0) + firstPageKey) * pageSpan + page
      length += 1
      page = pages.links[page] ?? -1
    }
    this.#sorted.subarray(0, length).sort()
    return length
  }

  #growSorted(): void {
    const grown = new Float64Array(this.#sorted.length * 4)
    grown.set(this.#sorted)
    this.#sorted = grown
  }

  #readPage(page: number, list: BinList): void {
    const { counts, keys } = this.#pool
    const firstKey = (keys[page] ?? 0) << pageBits
    const firstCount = page << pageBits
    for (let bin = 0; bin < pageKeys; bin += 1) {
      const count = counts[firstCount + bin] ?? 0
      if (count > 0) list.push(firstKey + bin, count)
    }
  }

  #give(page: number): void {
    const { counts, pages } = this.#pool
    const first = page << pageBits
    counts.fill(0, first, first + pageKeys)
    pages.give(page)
  }
}
