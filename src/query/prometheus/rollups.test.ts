import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { seedSeries, seedStartS, type SeededSeries } from '../../../test/prometheus/seed-series.ts'
import type { TierStates } from '../../store/rollups/point-tiers.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { openPrometheus } from './open-prometheus.ts'
import type { QueryData } from './prometheus-answer.ts'

const startMs = seedStartS * 1000

/** A point in the middle of each second of half an hour, some of them missing. */
function points(value: (second: number) => number): SeededSeries['points'] {
  return Array.from({ length: 1800 }, (_, second) => second)
    .filter((second) => second % 7 !== 3 && !(second >= 600 && second < 720))
    .map((second) => [seedStartS + second + 0.5, value(second)] as const)
}

const seeded: readonly SeededSeries[] = [
  {
    metric: 'load',
    tags: ['a:1'],
    intervalS: 1,
    points: points((second) => (second * 7919) % 101),
  },
  { metric: 'load', tags: ['a:2'], intervalS: 1, points: points((second) => second % 13) },
  { metric: 'hits', kind: 'count', intervalS: 1, points: points((second) => second % 5) },
  { metric: 'speed', kind: 'rate', intervalS: 1, points: points((second) => second % 3) },
]

describe('PromQL over rollups', () => {
  let store: TemporaryStore

  before(async () => {
    store = await openTemporaryStore()
    await seedSeries(store, seeded)
    await store.rollUp()
  })

  after(async () => store[Symbol.asyncDispose]())

  /** As if finer tables had lost these points already. */
  const tiersFrom = (stepS: number): TierStates =>
    store.tiers().map((tier) => ({ ...tier, keptFromMs: tier.stepS < stepS ? Infinity : 0 }))

  const ask = (query: string, stepS: number): Promise<QueryData> =>
    openPrometheus({ ...store, tiers: () => tiersFrom(stepS) }).queryRange({
      query,
      startMs: startMs + 300_000,
      endMs: startMs + 1_500_000,
      stepMs: 60_000,
    })

  const queries = [
    'min_over_time(load[5m])',
    'max_over_time(load[5m])',
    'sum_over_time(load[5m])',
    'count_over_time(load[5m])',
    'avg_over_time(load[2m])',
    'last_over_time(load[2m])',
    'present_over_time(load[1m])',
    'sum(load)',
    'load offset 2m',
    'rate(hits[2m])',
    'increase(hits[5m])',
    'increase(speed[1m])',
    'avg_over_time(load[2m] offset 1m)',
    'max_over_time(sum(load)[2m:1m])',
  ]
  for (const query of queries) {
    test(`gives what the points give: ${query}`, async () => {
      const ofPoints = await ask(query, 1)
      assert.ok(ofPoints.result.length > 0)
      assert.deepEqual(await ask(query, 10), ofPoints)
      assert.deepEqual(await ask(query, 60), ofPoints)
    })
  }

  test('shows a row for as long as it stands for', async () => {
    const data = await ask('load{a="1"}', 3600)
    assert.equal(data.resultType, 'matrix')
    assert.deepEqual(data.result, [])
    const later = await openPrometheus({ ...store, tiers: () => tiersFrom(3600) }).query({
      query: 'load{a="1"}',
      timeMs: startMs + 7_000_000,
    })
    assert.equal(later.result.length, 1)
  })
})
