import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeSketch } from '../../../test/agent/sketches.ts'
import type { SeriesKind } from '../../model/series.ts'
import type { SketchTierStates, TierState, TierStates } from '../../store/rollups/point-tiers.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { listQueries } from '../metric-language/list-queries.ts'
import { parseExpressions } from '../metric-language/parse-expressions.ts'
import type { MetricQuery } from '../metric-language/expression.ts'
import { askExpressions } from './ask-expressions.ts'
import type { Frame, FrameGrid } from './frame.ts'
import { openMetricReader } from './metric-reader.ts'

const hourMs = 3_600_000
/** A whole hour, more than four hours ago. */
const startMs = Math.floor(Date.now() / hourMs) * hourMs - 4 * hourMs
const spanMs = 4 * hourMs

/** Whole numbers below a bound, the same in each run. */
function createRandom(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return Math.floor((state / 2 ** 31) * bound)
  }
}

const random = createRandom(11)
const one = <Value>(values: readonly [Value, ...Value[]]): Value =>
  values[random(values.length)] ?? values[0]

interface WrittenSeries {
  readonly kind: SeriesKind
  readonly intervalS: number
  readonly tags: readonly string[]
  readonly points: readonly { readonly timeMs: number; readonly value: number }[]
}

/** Series of all kinds that begin, pause and end at any time. */
const written: readonly WrittenSeries[] = (['gauge', 'rate', 'count'] as const).flatMap((kind) =>
  [1, 10, 15].flatMap((intervalS) =>
    [0, 1, 2].map((n) => ({
      kind,
      intervalS,
      tags: [`name:${kind}-${intervalS}-${n}`, `image:i${random(3)}`],
      points: listTimes(intervalS).map((timeMs) => ({ timeMs, value: random(2000) - 1000 })),
    })),
  ),
)

function listTimes(intervalS: number): readonly number[] {
  const times: number[] = []
  let timeMs = startMs + random(hourMs)
  const endMs = startMs + spanMs - random(hourMs)
  while (timeMs < endMs && times.length < 1500) {
    times.push(timeMs)
    timeMs += intervalS * 1000 * (random(50) === 0 ? 1 + random(200) : 1)
  }
  return times
}

describe('openMetricReader()', () => {
  let store: TemporaryStore

  before(async () => {
    store = await openTemporaryStore()
    await write('load', written)
  })

  after(async () => store[Symbol.asyncDispose]())

  async function write(metric: string, list: readonly WrittenSeries[]): Promise<void> {
    const points = list.flatMap(({ points: own, ...rest }) => {
      const series = store.series.resolve({ ...rest, metric, host: 'h' })
      assert.ok(series)
      return own.map((point) => ({ ...point, series }))
    })
    await store.write({
      points: {
        series: points.map(({ series }) => series),
        timesMs: Float64Array.from(points, ({ timeMs }) => timeMs),
        values: Float64Array.from(points, ({ value }) => value),
      },
    })
    await store.rollUp()
  }

  const queryOf = (text: string): MetricQuery => {
    const [query] = parseExpressions(text).flatMap(listQueries)
    assert.ok(query)
    return query
  }
  const fetchFrom = (tiers: TierStates, text: string, grid: FrameGrid): Promise<Frame> =>
    openMetricReader({ ...store, tiers: () => tiers }).fetch(queryOf(text), grid)

  const raw: TierState = {
    table: 'points_1s',
    stepS: 1,
    keptFromMs: 0,
    completeToMs: Number.POSITIVE_INFINITY,
  }
  /** All tables, each complete up to some moment before those of the finer ones. */
  const withSeams = (): TierStates => {
    let completeToMs = startMs + random(spanMs)
    const coarse = (table: TierState['table'], stepS: number): TierState => {
      completeToMs -= random(3) * random(hourMs)
      completeToMs = Math.floor(completeToMs / stepS / 1000) * stepS * 1000
      return { table, stepS, keptFromMs: 0, completeToMs }
    }
    return [raw, coarse('points_10s', 10), coarse('points_1m', 60), coarse('points_1h', 3600)]
  }
  const anyQuery = (): string => {
    const method = one(['', 'avg', 'min', 'max', 'sum', 'count', 'last'])
    return [
      `${one(['avg', 'min', 'max', 'sum'])}:load{${one(['*', 'image:i1', 'name:rate*'])}}`,
      one(['', ' by {image}', ' by {name}', ' by {image,host}']),
      one(['', '.as_count()', '.as_rate()']),
      method && `.rollup(${method})`,
    ].join('')
  }

  const assertSame = (actual: Frame, expected: Frame, message: string): void => {
    const groupsOf = ({ series }: Frame): unknown => series.map(({ groups }) => groups)
    assert.deepEqual(groupsOf(actual), groupsOf(expected), message)
    for (const [index, { values }] of expected.series.entries()) {
      for (const [n, value] of values.entries()) {
        const found = actual.series[index]?.values[n] ?? 0
        const isNear = Math.abs(found - value) <= 1e-9 * Math.max(1, Math.abs(value))
        assert.ok(Object.is(found, value) || isNear, `${message}: ${found}, not ${value}, at ${n}`)
      }
    }
  }

  test('gives the same from whatever tables, wherever one ends and the next goes on', async () => {
    for (let round = 0; round < 20; round += 1) {
      const intervalMs = one([10, 20, 30, 60, 120, 300, 3600, 7200]) * 1000
      const first = Math.floor((startMs - hourMs + random(2 * hourMs)) / intervalMs)
      const length = 1 + random(Math.min(400, (4 * hourMs) / intervalMs))
      const grid = { startMs: first * intervalMs, intervalMs, length }
      const text = anyQuery()
      const tiers = withSeams()
      const seams = tiers.map(({ completeToMs }) => (completeToMs - startMs) / 1000)
      const message = `round ${round}, ${text}, ${JSON.stringify(grid)}, seams ${seams.join()}`
      const expected = await fetchFrom([raw], text, grid)
      assertSame(await fetchFrom(tiers, text, grid), expected, message)
    }
  })

  test('gives the same of distributions, from whatever tables', async () => {
    const series = store.series.resolve({
      metric: 'latency',
      kind: 'distribution',
      host: 'h',
      tags: ['name:a'],
      intervalS: 10,
    })
    assert.ok(series)
    const sketches = Array.from({ length: 150 }, (_sketch, n) => ({
      ...makeSketch(Array.from({ length: 1 + random(30) }, () => random(5000) - 500)),
      series,
      timeMs: startMs + n * 80_000,
    }))
    await store.write({ sketches })
    await store.rollUp()
    const fine = { table: 'sketches', stepS: 10, keptFromMs: 0, completeToMs: Infinity } as const
    const middle = { table: 'sketches_10m', stepS: 600, keptFromMs: 0 } as const
    const coarse = { table: 'sketches_1h', stepS: 3600, keptFromMs: 0 } as const
    const tiers = [
      fine,
      { ...middle, completeToMs: startMs + 9_600_000 },
      { ...coarse, completeToMs: startMs + 7_200_000 },
    ]
    const fetchOf = (sketchTiers: SketchTierStates, text: string): Promise<Frame> =>
      openMetricReader({ ...store, sketchTiers: () => sketchTiers }).fetch(queryOf(text), {
        startMs,
        intervalMs: 7_200_000,
        length: 2,
      })
    for (const aggregator of ['avg', 'min', 'max', 'sum', 'count', 'p50', 'p99']) {
      const text = `${aggregator}:latency{*} by {name}`
      assertSame(await fetchOf(tiers, text), await fetchOf([fine], text), text)
    }
  })

  test('takes the last value of an interval, from whatever table', async () => {
    const points = [1, 5, 3, 4].map((value, n) => ({ value, timeMs: startMs + n * 45_000 }))
    await write('last', [{ kind: 'gauge', tags: [], intervalS: 45, points }])
    const grid = { startMs, intervalMs: 120_000, length: 2 }
    const coarse = { table: 'points_1m', stepS: 60, keptFromMs: 0 } as const
    for (const completeToMs of [startMs, startMs + 60_000, startMs + hourMs]) {
      const tiers = [raw, { ...coarse, completeToMs }]
      const { series: found } = await fetchFrom(tiers, 'avg:last{*}.rollup(last)', grid)
      assert.deepEqual(found[0]?.values, Float64Array.of(3, 4))
    }
  })

  test('chooses one grid for all queries, no finer than what is kept', async () => {
    const asked = { fromMs: startMs, toMs: startMs + 600_000 }
    const queries = ['avg:load{name:gauge-1-0}', 'avg:load{name:gauge-15-0}'].map(queryOf)
    const reader = openMetricReader(store)
    assert.equal((await reader.chooseGrid(queries.slice(0, 1), asked)).intervalMs, 1000)
    assert.equal((await reader.chooseGrid(queries, asked)).intervalMs, 15_000)
    const tiers = [
      { ...raw, keptFromMs: startMs + 1 },
      { table: 'points_1m', stepS: 60, keptFromMs: 0, completeToMs: startMs + hourMs } as const,
    ]
    const old = openMetricReader({ ...store, tiers: () => tiers })
    assert.equal((await old.chooseGrid(queries, asked)).intervalMs, 60_000)
  })

  test('takes the longest interval that queries wish', async () => {
    const queries = ['avg:load{*}.rollup(30)', 'avg:load{*}.rollup(avg, 120)'].map(queryOf)
    const asked = { fromMs: startMs, toMs: startMs + 600_000, intervalS: 5 }
    assert.equal((await openMetricReader(store).chooseGrid(queries, asked)).intervalMs, 120_000)
  })

  test('points at the query that has no percentiles', async () => {
    const asked = { fromMs: startMs, toMs: startMs + 600_000 }
    await assert.rejects(
      askExpressions(openMetricReader(store), 'avg:load{*} - p95:load{*}', asked),
      { kind: 'invalid', at: 14, message: /^Cannot take p95 of load: it is no distribution/ },
    )
  })
})
