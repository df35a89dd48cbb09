import assert from 'node:assert/strict'
import type { SeriesKind } from '../../src/model/series.ts'
import type { Store } from '../../src/store/open-store.ts'

/** Points of one series; what is not said is a gauge of host `h1` whose interval nobody knows. */
export interface SeededSeries {
  readonly metric: string
  readonly tags?: readonly string[]
  readonly host?: string
  readonly kind?: SeriesKind
  readonly intervalS?: number
  /** Unix seconds and value. */
  readonly points: readonly (readonly [seconds: number, value: number])[]
}

/** Writes series into a store. */
export async function seedSeries(store: Store, seeded: readonly SeededSeries[]): Promise<void> {
  const rows = seeded.flatMap(
    ({ metric, tags = [], host = 'h1', kind = 'gauge', intervalS = 0, points }) => {
      const series = store.series.resolve({ metric, tags, host, kind, intervalS })
      assert.ok(series)
      return points.map(([seconds, value]) => ({ series, seconds, value }))
    },
  )
  await store.write({
    points: {
      series: rows.map(({ series }) => series),
      timesMs: Float64Array.from(rows, ({ seconds }) => seconds * 1000),
      values: Float64Array.from(rows, ({ value }) => value),
    },
  })
}

/** A whole hour, two hours ago. */
export const seedStartS = Math.floor(Date.now() / 3_600_000) * 3600 - 7200

/** 41 points 15 seconds apart, from `seedStartS` on; undefined leaves a gap. */
function every15s(value: (index: number) => number | undefined): SeededSeries['points'] {
  return Array.from({ length: 41 }, (_, index) => index).flatMap((index) => {
    const own = value(index)
    return own === undefined ? [] : [[seedStartS + index * 15, own] as const]
  })
}

/** What the cases in `src/query/prometheus/cases/` are about. */
export const caseSeries: readonly SeededSeries[] = [
  request(['job:api', 'instance:0', 'code:200'], (index) => 10 * index),
  request(['job:api', 'instance:1', 'code:200'], (index) => 20 * index),
  request(['job:api', 'instance:0', 'code:500'], (index) => index),
  request(['job:web', 'instance:0', 'code:200'], (index) => 5 * index + 100),
  { metric: 'temp', tags: ['room:a'], points: every15s((index) => 20 + (index % 5)) },
  { metric: 'temp', tags: ['room:b'], points: every15s((index) => 15 - (index % 3)) },
  { metric: 'reset_total', points: every15s((index) => (index % 10) * 4 + 2) },
  { metric: 'gap', points: every15s((index) => (index <= 20 || index >= 35 ? index : undefined)) },
  { metric: 'stopped', points: every15s((index) => (index <= 10 ? index : undefined)) },
  { metric: 'lat_bucket', tags: ['le:0.1'], points: every15s((index) => 5 * index) },
  { metric: 'lat_bucket', tags: ['le:0.5'], points: every15s((index) => 8 * index) },
  { metric: 'lat_bucket', tags: ['le:+Inf'], points: every15s((index) => 10 * index) },
  { metric: 'limit', tags: ['job:api'], points: every15s(() => 100) },
  { metric: 'limit', tags: ['job:web'], points: every15s(() => 50) },
  { metric: 'build', tags: ['job:api', 'version:1.2'], points: every15s(() => 1) },
  { metric: 'build', tags: ['job:web', 'version:2.0'], points: every15s(() => 1) },
  { metric: 'neg', points: every15s(() => -3.7) },
  { metric: 'one', points: every15s(() => 1) },
  { metric: 'dotted.metric-name', tags: ['a.key:v'], points: every15s((index) => index) },
]

function request(
  tags: readonly string[],
  value: (index: number) => number | undefined,
): SeededSeries {
  return { metric: 'http.requests.total', tags, points: every15s(value) }
}
