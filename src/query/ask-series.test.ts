import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { SeriesKind } from '../model/series.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { askSeries, type SeriesResult } from './ask-series.ts'
import { maxGroups, openMetricReader } from './metrics/metric-reader.ts'

/** A whole minute, an hour ago. */
const startS = Math.floor(Date.now() / 60_000) * 60 - 3600

interface Run {
  readonly metric: string
  readonly tags: readonly string[]
  /** One value a second from `startS` on; undefined leaves a gap. */
  readonly values: readonly (number | undefined)[]
  readonly kind?: SeriesKind
  readonly host?: string
  readonly intervalS?: number
}

const runs: readonly Run[] = [
  {
    metric: 'cpu',
    tags: ['name:a', 'image:web', 'team:x'],
    values: [1, 2, 3, undefined, undefined, 6],
  },
  { metric: 'cpu', tags: ['name:b', 'image:web', 'team:x', 'team:y'], values: [10, 20, 30] },
  { metric: 'cpu', tags: ['name:c', 'image:db:5', 'odd%key:1'], values: [100], host: 'h2' },
  { metric: 'hits', kind: 'count', tags: ['name:a'], values: [1, 2, 3, 4] },
  { metric: 'hits', kind: 'count', tags: ['name:b'], values: [10, 10, 10, 10] },
  { metric: 'speed', kind: 'rate', tags: ['name:a'], values: [5, undefined, 7], intervalS: 2 },
  { metric: 'slow', tags: [], values: [1], intervalS: 15 },
  { metric: 'quote', tags: [`it's:"a\\b"`], values: [1] },
]

describe('askSeries()', () => {
  let store: TemporaryStore

  before(async () => {
    store = await openTemporaryStore()
    await writeRuns(store)
    await store.rollUp()
  })

  after(async () => store[Symbol.asyncDispose]())

  const ask = (query: string, spanS = 10, intervalS?: number): Promise<SeriesResult> =>
    askSeries(openMetricReader(store), { query, fromS: startS, toS: startS + spanS, intervalS })

  /** Values by scope, for a span of ten seconds. */
  const values = async (query: string): Promise<Record<string, (number | null)[]>> => {
    const { series } = await ask(query)
    return Object.fromEntries(
      series.map(({ scope, pointlist }) => [scope, pointlist.map(([, value]) => value)]),
    )
  }

  const table: readonly (readonly [string, string, Record<string, (number | null)[]>])[] = [
    ['averages over series', 'avg:cpu{image:web}', { 'image:web': [5.5, 11, 16.5, null, null, 6] }],
    ['adds up series', 'sum:cpu{*}', { '*': [111, 22, 33, null, null, 6] }],
    ['takes the least', 'min:cpu{*}', { '*': [1, 2, 3, null, null, 6] }],
    ['takes the most', 'max:cpu{*}', { '*': [100, 20, 30, null, null, 6] }],
    [
      'groups by a tag',
      'max:cpu{image:web} by {name}',
      { 'image:web,name:a': [1, 2, 3, null, null, 6], 'image:web,name:b': [10, 20, 30] },
    ],
    [
      'puts a series into each of its groups, and into N/A without one',
      'sum:cpu{*} by {team}',
      { 'team:x': [11, 22, 33, null, null, 6], 'team:y': [10, 20, 30], 'team:N/A': [100] },
    ],
    [
      'groups by two tags and by host',
      'avg:cpu{!name:a} by {host,name}',
      { '!name:a,host:h1,name:b': [10, 20, 30], '!name:a,host:h2,name:c': [100] },
    ],
    ['knows values with a colon', 'avg:cpu{image:db:5}', { 'image:db:5': [100] }],
    ['knows hosts', 'avg:cpu{host:h2}', { 'host:h2': [100] }],
    ['fits hosts to a pattern', 'avg:cpu{host:*2}', { 'host:*2': [100] }],
    ['fits values to a pattern', 'avg:cpu{image:d*}', { 'image:d*': [100] }],
    ['takes an underscore as it is', 'avg:cpu{image:w_b}', {}],
    ['takes a percent sign as it is', 'avg:cpu{odd%key:*}', { 'odd%key:*': [100] }],
    ['leaves out what is negated', 'sum:cpu{!image:web}', { '!image:web': [100] }],
    ['joins by comma', 'avg:cpu{image:web,name:b}', { 'image:web,name:b': [10, 20, 30] }],
    ['joins by OR and NOT', 'avg:cpu{name:c OR NOT image:*}', { 'name:c OR NOT image:*': [100] }],
    ['knows IN', 'sum:cpu{name IN (b, c)}', { 'name IN (b, c)': [110, 20, 30] }],
    ['knows NOT IN', 'sum:cpu{name NOT IN (a, b)}', { 'name NOT IN (a, b)': [100] }],
    ['binds quotes and backslashes', `avg:quote{it's:"a\\b"}`, { [`it's:"a\\b"`]: [1] }],
    ['finds no SQL in a value', `avg:quote{x:'||1||'}`, {}],
    ['answers nothing for an unknown metric', 'avg:nothing{*}', {}],
    ['fills with zero', 'avg:cpu{name:a}.fill(zero, 2)', { 'name:a': [1, 2, 3, 0, 0, 6, 0, 0] }],
    [
      'fills with the last value',
      'avg:cpu{name:a}.fill(last, 2)',
      { 'name:a': [1, 2, 3, 3, 3, 6, 6, 6] },
    ],
    ['fills for a while', 'avg:cpu{name:a}.fill(last, 1)', { 'name:a': [1, 2, 3, 3, null, 6, 6] }],
    ['averages gauges over time', 'avg:cpu{name:a}.rollup(2)', { 'name:a': [1.5, 3, 6] }],
    ['adds up counts over time', 'sum:hits{*}.rollup(2)', { '*': [23, 27] }],
    ['averages over series what it added up over time', 'avg:hits{*}.rollup(4)', { '*': [25] }],
    ['takes the most over time', 'sum:hits{*}.rollup(max, 4)', { '*': [14] }],
    ['counts points over time', 'sum:hits{*}.rollup(count, 4)', { '*': [8] }],
    ['turns counts into rates', 'sum:hits{*}.as_rate().rollup(4)', { '*': [12.5] }],
    ['turns rates into counts', 'sum:speed{*}.as_count().rollup(4)', { '*': [24] }],
  ]
  for (const [claim, query, expected] of table) {
    test(`${claim}: ${query}`, async () => assert.deepEqual(await values(query), expected))
  }

  test('answers in the shape of Datadog', async () => {
    const answer = await ask('max:cpu{image:web} by {name}', 10, 5)
    assert.deepEqual(answer.series[0], {
      metric: 'cpu',
      display_name: 'cpu',
      aggr: 'max',
      expression: 'max:cpu{image:web,name:a}',
      scope: 'image:web,name:a',
      tag_set: ['name:a'],
      start: startS * 1000,
      end: (startS + 9) * 1000,
      interval: 5,
      query_index: 0,
      length: 2,
      pointlist: [
        [startS * 1000, 2],
        [(startS + 5) * 1000, 6],
      ],
      unit: [null, null],
    })
    const { series, ...rest } = answer
    assert.equal(series.length, 2)
    assert.deepEqual(rest, {
      status: 'ok',
      res_type: 'time_series',
      query: 'max:cpu{image:web} by {name}',
      from_date: startS * 1000,
      to_date: (startS + 10) * 1000,
      group_by: ['name'],
      message: '',
    })
  })

  test('answers several queries in one', async () => {
    const { series, group_by: groupBy } = await ask('avg:cpu{*}, sum:hits{*} by {name}')
    assert.deepEqual(
      series.map(({ metric, scope }) => `${metric} ${scope}`),
      ['cpu *', 'hits name:a', 'hits name:b'],
    )
    assert.deepEqual(groupBy, ['name'])
  })

  test('takes points of the first and the last second, none outside', async () => {
    const { series } = await askSeries(openMetricReader(store), {
      query: 'avg:cpu{name:a}',
      fromS: startS + 1,
      toS: startS + 2,
    })
    assert.deepEqual(series[0]?.pointlist, [
      [(startS + 1) * 1000, 2],
      [(startS + 2) * 1000, 3],
    ])
  })

  test('chooses no finer interval than the series have', async () => {
    const { series } = await ask('avg:slow{*}')
    assert.equal(series[0]?.interval, 15)
  })

  test('does not count a point that was sent twice', async () => {
    await writeRuns(store)
    await store.rollUp()
    assert.deepEqual(await values('sum:hits{*}'), { '*': [11, 12, 13, 14] })
  })

  test('answers so many groups at most, and says so', async () => {
    const names = Array.from({ length: maxGroups + 1 }, (_, index) => `name:${index + 1000}`)
    await writeRuns(
      store,
      names.map((name) => ({ metric: 'many', tags: [name], values: [1] })),
    )
    const { series, message } = await ask('avg:many{*} by {name}')
    assert.equal(series.length, maxGroups)
    assert.equal(message, 'many has more than 1000 groups, the first 1000 are shown')
  })

  test('refuses a time that ends before it begins', async () => {
    const request = { query: 'avg:cpu{*}', fromS: 20, toS: 10 }
    await assert.rejects(askSeries(openMetricReader(store), request), {
      kind: 'invalid',
      message: /from before to/,
    })
  })
})

async function writeRuns(store: TemporaryStore, written = runs): Promise<void> {
  const points = written.flatMap(
    ({ values, kind = 'gauge', host = 'h1', intervalS = 1, ...rest }) => {
      const series = store.series.resolve({ ...rest, kind, host, intervalS })
      assert.ok(series)
      return values.flatMap((value, second) =>
        value === undefined ? [] : [{ series, second, value }],
      )
    },
  )
  await store.write({
    points: {
      series: points.map(({ series }) => series),
      timesMs: Float64Array.from(points, ({ second }) => (startS + second) * 1000),
      values: Float64Array.from(points, ({ value }) => value),
    },
  })
}
