import assert from 'node:assert/strict'
import { makeSketch } from '../../../../test/agent/sketches.ts'
import type { SeriesKind } from '../../../model/series.ts'
import type { Store } from '../../../store/open-store.ts'

/** Unix milliseconds of what the queries ask for: one minute from here, in six intervals of ten seconds. */
export const startMs: number = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 7_200_000

interface StoredSeries {
  readonly metric: string
  readonly kind?: SeriesKind
  readonly host?: string
  readonly tags?: readonly string[]
  /** Ten unless it says otherwise. */
  readonly intervalS?: number
  /** The first point, in intervals from `startMs`. */
  readonly from?: number
  /** One for each interval; undefined leaves a gap. */
  readonly values: readonly (number | undefined)[]
}

const _ = undefined

const series: readonly StoredSeries[] = [
  { metric: 'load', host: 'h1', tags: ['name:a', 'image:web', 'team:x'], from: -4, values: [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6] }, // prettier-ignore
  { metric: 'load', host: 'h2', tags: ['name:b', 'image:web', 'team:x', 'team:y'], from: -1, values: [0, 10, 20, _, _, 50, 60] }, // prettier-ignore
  { metric: 'load', host: 'h3', tags: ['name:c', 'image:db:5'], from: -4, values: Array.from({ length: 10 }, () => 100) }, // prettier-ignore
  { metric: 'disk', host: 'h1', tags: ['device:sda'], values: [4, 4, 4, 4, 4, 4] },
  { metric: 'disk', host: 'h1', tags: ['device:sdb'], values: [8, 8, 8, 8, 8, 8] },
  { metric: 'disk', host: 'h2', tags: ['device:sda'], values: [16, 16, 16, 16, 16, 16] },
  { metric: 'disk', host: 'h2', values: [32, 32, 32, 32, 32, 32] },
  { metric: 'total', host: 'h1', values: [16, 16, 16, 16, 16, 16] },
  { metric: 'total', host: 'h2', values: [64, 64, 64, 64, 64, 64] },
  { metric: 'total', host: 'h3', values: [1, 1, 1, 1, 1, 1] },
  { metric: 'hits', kind: 'count', tags: ['route:home', 'env:prod', 'canary'], values: [1, 2, 3, 4, 5, 6] }, // prettier-ignore
  { metric: 'hits', kind: 'count', tags: ['route:cart', 'env:stage'], values: [10, _, 10, _, 10] },
  { metric: 'speed', kind: 'rate', tags: ['lane:l'], values: [5, 5, 5, _, 5, 5] },
  { metric: 'temp', from: -1, values: [3, -2, 4, _, 0, -8, 1] },
  { metric: 'fine', intervalS: 1, values: Array.from({ length: 60 }, (_one, n) => n) },
  { metric: 'wave', from: -360, values: [20, 21, 22, 23, 24, 25] },
  { metric: 'wave', values: [0, 1, 2, 3, 4, 5] },
  { metric: 'once', from: 2, values: [8] },
]

/** Values of distributions in each interval from `startMs` on. */
const distributions: readonly { readonly tag: string; readonly values: readonly (readonly number[])[] }[] = [
  { tag: 'svc:api', values: Array.from({ length: 6 }, () => [1, 2, 3, 4]) },
  { tag: 'svc:web', values: [[10], [10], [10]] },
  { tag: 'svc:const', values: Array.from({ length: 6 }, () => [7, 7, 7]) },
]

/** Writes what `good-queries.ts` tells of. */
export async function writeStoredSeries(store: Store): Promise<void> {
  const points = series.flatMap((one) => pointsOf(store, one))
  await store.write({
    points: {
      series: points.map((point) => point.series),
      timesMs: Float64Array.from(points, ({ timeMs }) => timeMs),
      values: Float64Array.from(points, ({ value }) => value),
    },
    sketches: distributions.flatMap(({ tag, values }) =>
      values.map((some, n) => {
        const identity = { metric: 'latency', kind: 'distribution', host: 'h1', tags: [tag], intervalS: 10 } as const // prettier-ignore
        return { ...makeSketch(some), series: resolve(store, identity), timeMs: startMs + n * 10_000 }
      }),
    ),
  })
}

interface Point {
  readonly series: ReturnType<typeof resolve>
  readonly timeMs: number
  readonly value: number
}

function pointsOf(store: Store, stored: StoredSeries): readonly Point[] {
  const { metric, kind = 'gauge', host = '', tags = [], intervalS = 10, from = 0, values } = stored
  const found = resolve(store, { metric, kind, host, tags, intervalS })
  return values.flatMap((value, n) =>
    value === undefined
      ? []
      : [{ series: found, timeMs: startMs + (from + n) * intervalS * 1000, value }],
  )
}

function resolve(store: Store, identity: Parameters<Store['series']['resolve']>[0]): NonNullable<ReturnType<Store['series']['resolve']>> { // prettier-ignore
  const found = store.series.resolve(identity)
  assert.ok(found)
  return found
}
