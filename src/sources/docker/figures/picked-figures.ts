import type { Series } from '../../../model/series.ts'
import { Counters } from './counters.ts'
import type { Reading } from './reading.ts'
import { addPoint, type Pass, type SeriesMaker } from './container-series.ts'

/** How one figure follows from a reading; absent where the reading does not have it. */
export type Pick = (reading: Reading, pass: Pass) => number | undefined

/** Figures that each are one number of a reading. One table serves all containers. */
export interface PickedTable {
  readonly gauges: readonly { readonly metric: string; readonly pick: Pick }[]
  /** Counters, told as their growth per second divided by the number. */
  readonly rates: readonly {
    readonly metric: string
    readonly pick: Pick
    readonly divisor: number
  }[]
  /** Counters, told as their growth since the point before. */
  readonly counts: readonly { readonly metric: string; readonly pick: Pick }[]
}

/** A table by metric. */
export function defineFigures({
  gauges = {},
  rates = {},
  counts = {},
}: {
  readonly gauges?: Readonly<Record<string, Pick>>
  readonly rates?: Readonly<Record<string, readonly [counter: Pick, divisor: number]>>
  readonly counts?: Readonly<Record<string, Pick>>
}): PickedTable {
  return {
    gauges: Object.entries(gauges).map(([metric, pick]) => ({ metric, pick })),
    rates: Object.entries(rates).map(([metric, [pick, divisor]]) => ({ metric, pick, divisor })),
    counts: Object.entries(counts).map(([metric, pick]) => ({ metric, pick })),
  }
}

/** The points of all figures of a table, for one container. */
export class PickedFigures {
  readonly #table: PickedTable
  readonly #gauges: readonly Series[]
  readonly #rates: readonly Series[]
  /** One for each rate; absent where none has one, which spares looking at them. */
  readonly #caps: readonly number[] | undefined
  readonly #counts: readonly Series[]
  readonly #counters = new Counters()

  constructor(table: PickedTable, series: SeriesMaker) {
    this.#table = table
    this.#gauges = table.gauges.map(({ metric }) => series.make(metric))
    const rates = table.rates.map(({ metric }) => series.makeCapped(metric))
    this.#rates = rates.map((rate) => rate.series)
    const caps = rates.map(({ cap }) => cap)
    this.#caps = caps.some((cap) => cap !== Number.POSITIVE_INFINITY) ? caps : undefined
    this.#counts = table.counts.map(({ metric }) => series.make(metric, 'count'))
  }

  add(reading: Reading, pass: Pass): void {
    const { gauges } = this.#table
    this.#addGrowth(reading, pass)
    for (let i = 0; i < gauges.length; i += 1) {
      const [gauge, series] = [gauges[i], this.#gauges[i]]
      if (gauge && series) addPoint(series, gauge.pick(reading, pass), pass)
    }
  }

  #addGrowth(reading: Reading, pass: Pass): void {
    const { rates, counts } = this.#table
    this.#counters.begin(reading.sample.readAtMs)
    for (let i = 0; i < rates.length; i += 1) {
      const [rate, series] = [rates[i], this.#rates[i]]
      if (rate === undefined || series === undefined) continue
      const perSecond = this.#counters.perSecond(i, rate.pick(reading, pass))
      if (perSecond === undefined) continue
      const value = perSecond / rate.divisor
      if (this.#caps === undefined || value < (this.#caps[i] ?? 0)) addPoint(series, value, pass)
    }
    for (let i = 0; i < counts.length; i += 1) {
      const [count, series] = [counts[i], this.#counts[i]]
      if (count === undefined || series === undefined) continue
      addPoint(series, this.#counters.grow(rates.length + i, count.pick(reading, pass)), pass)
    }
  }
}
