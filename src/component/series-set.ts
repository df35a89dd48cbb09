import type { Point, Series } from '../model/series.ts'

/** Stands in no tag, unlike a space: labels become tags as they are. */
const separator = '\0'

/** Makes the series of one tag set, each of them once, so that whoever keeps something by series can. */
export class SeriesSet {
  readonly #host: string
  readonly #tags: readonly string[]
  readonly #intervalS: number
  readonly #known = new Map<string, Series>()

  constructor(host: string, tags: readonly string[], intervalS: number) {
    this.#host = host
    this.#tags = tags
    this.#intervalS = intervalS
  }

  /**
   * One point of the gauge `metric`.
   * @param extraTags Tags of this series alone; pass the same ones in the same order each time.
   */
  point(
    metric: string,
    value: number,
    at: { timeMs: number; extraTags?: readonly string[] },
  ): Point {
    const key = at.extraTags === undefined ? metric : [metric, ...at.extraTags].join(separator)
    return {
      kind: 'point',
      series: this.#known.get(key) ?? this.#make(key, metric, at.extraTags),
      value,
      timeMs: at.timeMs,
    }
  }

  #make(key: string, metric: string, extraTags: readonly string[] = []): Series {
    const tags = [...this.#tags, ...extraTags]
    const series: Series = {
      metric,
      kind: 'gauge',
      host: this.#host,
      tags,
      intervalS: this.#intervalS,
    }
    this.#known.set(key, series)
    return series
  }
}
