import { keyValue, maxBins } from '../../../model/sketch/sketch-key.ts'
import type { Ranking } from './histogram-figures.ts'

const smallest = 256

/** Bins of one sketch in ascending order of their keys; used for one after the other. */
export class BinList implements Ranking {
  keys = new Int16Array(smallest)
  counts = new Uint32Array(smallest)
  /** Bins that are not empty. */
  length = 0
  /** Values in all of them. */
  total = 0

  clear(): void {
    this.length = 0
    this.total = 0
  }

  /** @param key Above all that are in the list. */
  push(key: number, count: number): void {
    if (this.length === this.keys.length) this.#grow()
    this.keys[this.length] = key
    this.counts[this.length] = count
    this.length += 1
    this.total += count
  }

  weightAt(at: number): number {
    return this.counts[at] ?? 0
  }

  /** What a bin stands for; may lie outside of what was added by 1/128. */
  valueAt(at: number): number {
    return keyValue(this.keys[at] ?? 0)
  }

  /**
   * Adds the lowest bins to the lowest that is kept, if there are more than `maxBins`. Doing so at the end gives the same
   * bins as doing it with each value, as the Datadog Agent does: either way the highest keys stay.
   * @see `trimLeft` in `pkg/util/quantile/store.go` of the Datadog Agent
   */
  collapse(): void {
    const surplus = this.length - maxBins
    if (surplus <= 0) return
    let count = 0
    for (let at = 0; at <= surplus; at += 1) count += this.counts[at] ?? 0
    this.keys.copyWithin(0, surplus, this.length)
    this.counts.copyWithin(0, surplus, this.length)
    this.counts[0] = Math.min(count, 0xff_ff_ff_ff)
    this.length = maxBins
  }

  #grow(): void {
    const keys = new Int16Array(this.keys.length * 4)
    const counts = new Uint32Array(this.counts.length * 4)
    keys.set(this.keys)
    counts.set(this.counts)
    this.keys = keys
    this.counts = counts
  }
}
