import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { SeriesKind } from '../model/series.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { askSeries } from './ask-series.ts'
import { openMetricReader } from './metrics/metric-reader.ts'

/** A whole hour, two hours ago. */
const startS = Math.floor(Date.now() / 3_600_000) * 3600 - 7200

interface Run {
  readonly metric: string
  readonly kind: SeriesKind
  readonly name: string
  readonly intervalS: number
  /** What was counted in each interval of the series from `startS` on; undefined where nothing came. */
  readonly counted: readonly (number | undefined)[]
}

/** The same counter, as DogStatsD sends it (10 s), as another agent does (20 s), and as a count (every second). */
const runs: readonly Run[] = [
  { metric: 'requests', kind: 'rate', name: 'a', intervalS: 10, counted: [10, 20, 30, 40, 0, 60] },
  { metric: 'requests', kind: 'rate', name: 'b', intervalS: 20, counted: [100, 200, 300] },
  {
    metric: 'requests',
    kind: 'count',
    name: 'c',
    intervalS: 1,
    counted: Array.from({ length: 60 }, () => 1),
  },
  { metric: 'hits', kind: 'rate', name: 'a', intervalS: 10, counted: [10, 20, 30, 40, 0, 60] },
  { metric: 'hits', kind: 'rate', name: 'b', intervalS: 10, counted: [5, undefined, 5, 5, 5, 5] },
]

describe('askSeries() of counts and rates', () => {
  let store: TemporaryStore

  before(async () => {
    store = await openTemporaryStore()
    for (const run of runs) await write(run)
    await store.rollUp()
  })

  after(async () => store[Symbol.asyncDispose]())

  async function write({ counted, name, ...rest }: Run): Promise<void> {
    const series = store.series.resolve({ ...rest, host: 'h', tags: [`name:${name}`] })
    assert.ok(series)
    const { kind, intervalS } = rest
    const points = counted.flatMap((count, n) =>
      count === undefined ? [] : [{ n, value: kind === 'rate' ? count / intervalS : count }],
    )
    await store.write({
      points: {
        series: points.map(() => series),
        timesMs: Float64Array.from(points, ({ n }) => (startS + n * intervalS) * 1000),
        values: Float64Array.from(points, ({ value }) => value),
      },
    })
  }

  const values = async (query: string): Promise<Record<string, (number | null)[]>> => {
    const { series } = await askSeries(openMetricReader(store), {
      query,
      fromS: startS,
      toS: startS + 59,
    })
    return Object.fromEntries(
      series.map(({ scope, pointlist }) => [
        scope,
        pointlist.map(([, value]) => (value === null ? null : Math.round(value * 1e9) / 1e9)),
      ]),
    )
  }

  const table: readonly (readonly [string, string, Record<string, (number | null)[]>])[] = [
    [
      'gives what was counted in each interval, of one series',
      'sum:hits{name:a}.as_count()',
      { 'name:a': [10, 20, 30, 40, 0, 60] },
    ],
    ['adds up series', 'sum:hits{*}.as_count()', { '*': [15, 20, 35, 45, 5, 65] }],
    [
      'gives the same over longer intervals',
      'sum:hits{*}.as_count().rollup(30)',
      { '*': [70, 115] },
    ],
    ['has it in any order', 'sum:hits{*}.rollup(30).as_count()', { '*': [70, 115] }],
    [
      'takes the word sum for what it does',
      'sum:hits{*}.as_count().rollup(sum, 30)',
      { '*': [70, 115] },
    ],
    ['gives all that was counted', 'sum:hits{*}.as_count().rollup(3600)', { '*': [185] }],
    [
      'counts series with different intervals',
      'sum:requests{*}.as_count().rollup(20)',
      { '*': [10 + 20 + 100 + 20, 30 + 40 + 200 + 20, 60 + 300 + 20] },
    ],
    [
      'counts each group',
      'sum:requests{*} by {name}.as_count().rollup(60)',
      { 'name:a': [160], 'name:b': [600], 'name:c': [60] },
    ],
    [
      'gives so many a second',
      'sum:requests{*} by {name}.as_rate().rollup(60)',
      { 'name:a': [160 / 60], 'name:b': [10], 'name:c': [1] },
    ],
    ['adds up rates', 'sum:requests{*}.as_rate().rollup(60)', { '*': [820 / 60] }],
    [
      'does not make a rate larger by a finer interval',
      'sum:requests{name:b}.as_rate().rollup(20)',
      { 'name:b': [5, 10, 15] },
    ],
    [
      'nor by one that is finer than the series',
      'sum:hits{name:a}.as_rate().rollup(5)',
      { 'name:a': [1, null, 2, null, 3, null, 4, null, 0, null, 6] },
    ],
    [
      'takes the most that was counted at once',
      'max:hits{*}.as_count().rollup(max, 60)',
      { '*': [60] },
    ],
    ['takes the highest rate', 'max:hits{*}.as_rate().rollup(max, 60)', { '*': [6] }],
    ['averages rates when nothing is said', 'sum:hits{*}.rollup(60)', { '*': [160 / 60 + 0.5] }],
    [
      'adds up rates as they are when told so',
      'sum:hits{name:a}.rollup(sum, 60)',
      { 'name:a': [16] },
    ],
    ['counts points', 'sum:hits{*}.as_count().rollup(count, 60)', { '*': [11] }],
  ]
  for (const [claim, query, expected] of table) {
    test(`${claim}: ${query}`, async () => {
      const rounded = Object.entries(expected).map(([scope, list]) => [
        scope,
        list.map((value) => (value === null ? null : Math.round(value * 1e9) / 1e9)),
      ])
      assert.deepEqual(await values(query), Object.fromEntries(rounded))
    })
  }
})
