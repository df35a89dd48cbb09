import type { Ranking } from './histogram-figures.ts'

/** Samples of one histogram; used for one after the other. */
export class SampleList implements Ranking {
  values: Float64Array
  weights: Float64Array
  length = 0

  constructor(maxSamples: number) {
    this.values = new Float64Array(maxSamples)
    this.weights = new Float64Array(maxSamples)
  }

  clear(): void {
    this.length = 0
  }

  push(value: number, weight: number): void {
    this.values[this.length] = value
    this.weights[this.length] = weight
    this.length += 1
  }

  weightAt(at: number): number {
    return this.weights[at] ?? 0
  }

  valueAt(at: number): number {
    return this.values[at] ?? 0
  }

  /**
   * Puts the values in ascending order, their weights with them.
   * @param isWeighted False if all weights are 1.
   */
  sort(isWeighted: boolean): void {
    if (!isWeighted) this.values.subarray(0, this.length).sort()
    else for (let gap = firstGap(this.length); gap > 0; gap = (gap - 1) / 3) this.#sortBy(gap)
  }

  /** One pass of Shell's sort: there are few samples, and two columns to move. */
  #sortBy(gap: number): void {
    const { values, weights, length } = this
    for (let at = gap; at < length; at += 1) {
      const value = values[at] ?? 0
      const weight = weights[at] ?? 0
      let to = at
      while (to >= gap && (values[to - gap] ?? 0) > value) {
        values[to] = values[to - gap] ?? 0
        weights[to] = weights[to - gap] ?? 0
        to -= gap
      }
      values[to] = value
      weights[to] = weight
    }
  }
}

/** 1, 4, 13, 40, …: the largest below a third of the length, or 1. */
function firstGap(length: number): number {
  let gap = 1
  while (gap * 3 + 1 < length / 3) gap = gap * 3 + 1
  return gap
}
