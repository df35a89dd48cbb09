import type { Point, Series } from '../../../model/series.ts'

/** One number that is to become a point. */
export interface Counting {
  readonly metric: string
  readonly value: number
  readonly tags: readonly string[]
}

/**
 * Keeps the series of what is counted again and again, as long as each round has them: containers and images come and go
 * for months.
 */
export class KeptSeries {
  readonly #host: string
  readonly #intervalS: number
  #known = new Map<string, Series>()

  constructor(host: string, intervalS: number) {
    this.#host = host
    this.#intervalS = intervalS
  }

  /** The points of one round; series that it does not have are forgotten. */
  points(round: readonly Counting[], timeMs: number): Point[] {
    const kept = new Map<string, Series>()
    const points = round.map(({ metric, value, tags }): Point => {
      const key = [metric, ...tags].join('\0')
      const series = kept.get(key) ?? this.#known.get(key) ?? this.#make(metric, tags)
      kept.set(key, series)
      return { kind: 'point', series, value, timeMs }
    })
    this.#known = kept
    return points
  }

  #make(metric: string, tags: readonly string[]): Series {
    return { metric, kind: 'gauge', host: this.#host, tags, intervalS: this.#intervalS }
  }
}
