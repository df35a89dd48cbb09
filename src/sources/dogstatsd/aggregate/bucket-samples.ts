import { chainAt, rowInts, sampleCountAt } from './row.ts'
import type { SampleList } from './sample-list.ts'
import { chunkBits, chunkSamples, type SamplePool } from './sample-pool.ts'

/** Samples of histograms in one interval, each with its weight, up to a number for each context. */
export class BucketSamples {
  readonly #pool: SamplePool
  readonly #links: Int32Array
  readonly #limit: number

  /**
   * @param links Integers of the interval's rows (`row.ts`).
   * @param limit Samples of one context.
   */
  constructor(pool: SamplePool, links: Int32Array, limit: number) {
    this.#pool = pool
    this.#links = links
    this.#limit = limit
  }

  /**
   * Keeps the number at `values[at]`: no number is handed over, which would put it into an object of its own.
   * @returns Where its weight belongs, -1 when there is no room for this context.
   */
  add(context: number, values: Float64Array, at: number): number {
    const links = this.#links
    const row = context * rowInts
    const count = links[row + sampleCountAt] ?? 0
    if (count >= this.#limit) return -1
    const inChunk = count & (chunkSamples - 1)
    if (inChunk === 0 && !this.#newChunk(row)) return -1
    const place = (((links[row + chainAt] ?? 0) - 1) << chunkBits) + inChunk
    this.#pool.values[place] = values[at] ?? 0
    if (this.#pool.weights.length > 0) this.#pool.weights[place] = 1
    links[row + sampleCountAt] = count + 1
    return place
  }

  setWeight(place: number, weight: number): void {
    this.#pool.weigh()
    this.#pool.weights[place] = weight
  }

  /** Moves the samples of a context to a list, newest chunk first, and gives their memory back. */
  take(context: number, list: SampleList): void {
    const { chunks, values, weights } = this.#pool
    const row = context * rowInts
    list.clear()
    let left = this.#links[row + sampleCountAt] ?? 0
    let chunk = (this.#links[row + chainAt] ?? 0) - 1
    this.#links[row + sampleCountAt] = 0
    this.#links[row + chainAt] = 0
    while (left > 0) {
      const filled = ((left - 1) & (chunkSamples - 1)) + 1
      const first = chunk << chunkBits
      for (let at = first; at < first + filled; at += 1)
        list.push(values[at] ?? 0, weights.length > 0 ? (weights[at] ?? 1) : 1)
      const previous = chunks.links[chunk] ?? -1
      chunks.give(chunk)
      chunk = previous
      left -= filled
    }
  }

  countOf(context: number): number {
    return this.#links[context * rowInts + sampleCountAt] ?? 0
  }

  /** Whether one context may have so many. */
  hasRoom(count: number): boolean {
    return count <= this.#limit
  }

  #newChunk(row: number): boolean {
    const { chunks } = this.#pool
    const chunk = chunks.take()
    if (chunk < 0) return false
    chunks.links[chunk] = (this.#links[row + chainAt] ?? 0) - 1
    this.#links[row + chainAt] = chunk + 1
    return true
  }
}
