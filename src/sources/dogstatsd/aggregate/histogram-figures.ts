import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import { maxAt, minAt, sumAt, weightAt } from './row.ts'

/** Values in ascending order with their weights: samples, or what the bins of a sketch stand for. */
export interface Ranking {
  readonly length: number
  readonly weightAt: (at: number) => number
  readonly valueAt: (at: number) => number
}

/**
 * Makes the figures of a histogram: one for each of `aggregates`, then one for each of `percentiles`.
 * @see `pkg/metrics/histogram.go` of the Datadog Agent; there the count is divided by 10 s, here that is done later.
 */
export class HistogramFigures {
  readonly count: number
  readonly #aggregates: DogstatsdSettings['histogram']['aggregates']
  /** In whole percents. */
  readonly #percents: readonly number[]

  constructor({ aggregates, percentiles }: DogstatsdSettings['histogram']) {
    this.#aggregates = aggregates
    // 0.29 times 100 is below 29: hence the half.
    this.#percents = percentiles.map((percentile) => Math.trunc(percentile * 100 + 0.5))
    this.count = aggregates.length + percentiles.length
  }

  /**
   * @param row Sum, weight, minimum and maximum, as `row.ts` has them. Its weight is the count, and says nothing about ranks.
   * @param into Receives `count` numbers.
   */
  make(row: Float64Array, ranking: Ranking, into: Float64Array): void {
    let at = 0
    for (const aggregate of this.#aggregates) {
      into[at] = this.#aggregate(aggregate, row, ranking)
      at += 1
    }
    const total = totalOf(ranking)
    for (const percent of this.#percents) {
      into[at] = clamp(valueAbove(ranking, Math.trunc((percent * total - 1) / 100)), row)
      at += 1
    }
  }

  #aggregate(
    aggregate: DogstatsdSettings['histogram']['aggregates'][number],
    row: Float64Array,
    ranking: Ranking,
  ): number {
    const sum = row[sumAt] ?? 0
    const count = row[weightAt] ?? 0
    switch (aggregate) {
      case 'max':
        return row[maxAt] ?? 0
      case 'min':
        return row[minAt] ?? 0
      case 'median':
        return clamp(valueAbove(ranking, Math.trunc((totalOf(ranking) - 1) / 2)), row)
      case 'avg':
        return sum / count
      case 'count':
        return count
      case 'sum':
        return sum
    }
  }
}

/**
 * What ranks are a share of: the sum of the very weights that are ranked, as with the Datadog Agent. The count may be more,
 * since there is a largest weight (`SampleAdder`), and bins may have found no room.
 */
function totalOf(ranking: Ranking): number {
  let total = 0
  for (let at = 0; at < ranking.length; at += 1) total += ranking.weightAt(at)
  return total
}

/** The first value with which more weight than `target` is reached; the last where it never is. */
function valueAbove(ranking: Ranking, target: number): number {
  let weight = 0
  for (let at = 0; at < ranking.length; at += 1) {
    weight += ranking.weightAt(at)
    if (weight > target) return ranking.valueAt(at)
  }
  return ranking.valueAt(ranking.length - 1)
}

/** What a bin stands for may lie a little outside of the values that are in it. */
function clamp(value: number, row: Float64Array): number {
  return Math.min(Math.max(value, row[minAt] ?? 0), row[maxAt] ?? 0)
}
