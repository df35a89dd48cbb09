import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { seedSeries, type SeededSeries } from '../../../test/prometheus/seed-series.ts'
import type { TierStates } from '../../store/rollups/point-tiers.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { openPrometheus, type PrometheusQuestions } from './open-prometheus.ts'

/** A whole hour, two hours ago. */
const startS = Math.floor(Date.now() / 3_600_000) * 3600 - 7200
const startMs = startS * 1000
/** Only the points themselves. */
const rawTier: TierStates = [
  { table: 'points_1s', stepS: 1, keptFromMs: 0, completeToMs: Infinity },
]

/** One point a second from `startS` on. */
function everySecond(count: number, value: (second: number) => number): SeededSeries['points'] {
  return Array.from({ length: count }, (_, second) => [startS + second, value(second)] as const)
}

/** One point every ten seconds. */
function every10s(count: number, value: (index: number) => number): SeededSeries['points'] {
  return Array.from({ length: count }, (_, index) => [startS + index * 10, value(index)] as const)
}

const seeded: readonly SeededSeries[] = [
  { metric: 'docker.cpu.usage', tags: ['container_name:web', 'image:a:5'], points: [[startS, 1]] },
  { metric: 'docker_cpu.usage', tags: ['container_name:db'], points: [[startS, 2]] },
  { metric: 'twice.named', tags: ['a.b:1'], points: [[startS, 1]] },
  { metric: 'twice_named', tags: ['a_b:1'], points: [[startS + 1, 2]] },
  {
    metric: 'tags',
    tags: ['word', 'team:x', 'team:y', 'k-e.y:v', '9lives:c', ':z'],
    points: [[startS, 1]],
  },
  { metric: 'tags', tags: ['host:other', 'container_name:x'], host: 'h2', points: [[startS, 2]] },
  { metric: 'tags', tags: ['host:of_tag', 'containerXname:x'], host: '', points: [[startS, 3]] },
  { metric: '3com', tags: [], points: [[startS, 7]] },
  {
    metric: 'hits',
    tags: [],
    kind: 'count',
    intervalS: 10,
    points: every10s(31, (index) => index),
  },
  { metric: 'speed', tags: [], kind: 'rate', intervalS: 10, points: every10s(31, () => 2.5) },
  { metric: 'fast', tags: [], intervalS: 1, points: everySecond(120, (second) => second) },
  { metric: 'slow', tags: [], intervalS: 20, points: [[startS, 1]] },
  { metric: 'edge', tags: [], points: [0, 10, 20, 30].map((at) => [startS + at, at] as const) },
]

describe('openPrometheus()', () => {
  let store: TemporaryStore
  let prometheus: PrometheusQuestions

  before(async () => {
    store = await openTemporaryStore()
    await seedSeries(store, seeded)
    prometheus = openPrometheus({ ...store, tiers: () => rawTier })
  })

  after(async () => store[Symbol.asyncDispose]())

  /** Labels and value of each series at a second. */
  const ask = async (query: string, second = 0): Promise<readonly unknown[]> => {
    const data = await prometheus.query({ query, timeMs: startMs + second * 1000 })
    assert.equal(data.resultType, 'vector')
    return data.result.map(({ metric, value }) => [metric, Number(value[1])])
  }

  const values = async (query: string, second = 0): Promise<readonly unknown[]> =>
    (await ask(`sum by (none) (${query})`, second)).map((pair) => [pair].flat()[1])

  test('answers all metrics that Prometheus would name alike', async () => {
    assert.deepEqual(await ask('docker_cpu_usage'), [
      [{ __name__: 'docker_cpu_usage', container_name: 'db', host: 'h1' }, 2],
      [{ __name__: 'docker_cpu_usage', container_name: 'web', host: 'h1', image: 'a:5' }, 1],
    ])
  })

  test('makes one series of two that Prometheus could not tell apart', async () => {
    assert.deepEqual(await ask('twice_named', 1), [
      [{ __name__: 'twice_named', a_b: '1', host: 'h1' }, 2],
    ])
    assert.deepEqual(await values('count_over_time(twice_named[5s])', 1), [2])
  })

  test('makes labels of tags', async () => {
    assert.deepEqual(await ask('tags{word="true"}'), [
      [
        {
          __name__: 'tags',
          _: 'z',
          _9lives: 'c',
          host: 'h1',
          k_e_y: 'v',
          team: 'x,y',
          word: 'true',
        },
        1,
      ],
    ])
    assert.deepEqual(await ask('_3com'), [[{ __name__: '_3com', host: 'h1' }, 7]])
  })

  const matchers: readonly (readonly [string, readonly number[]])[] = [
    ['team="x,y"', [1]],
    ['team=~"x.*"', [1]],
    ['team!=""', [1]],
    ['team=""', [2, 3]],
    ['k_e_y="v"', [1]],
    ['_9lives="c"', [1]],
    ['_="z"', [1]],
    ['host="h2"', [2]],
    ['host="other"', []],
    ['host="of_tag"', [3]],
    ['container_name="x"', [2]],
    ['containerXname="x"', [3]],
    ['word=~"t(r|x)ue"', [1]],
    ['word!~"t.ue"', [2, 3]],
    ['"k-e.y"="v"', []],
  ]
  for (const [matcher, expected] of matchers) {
    test(`finds the same labels that it shows: ${matcher}`, async () => {
      const found = await ask(`tags{${matcher}}`)
      assert.deepEqual(new Set(found.map((pair) => [pair].flat()[1])), new Set(expected))
    })
  }

  test('adds up counts where Prometheus would take differences', async () => {
    // Of (240, 300]: 25 to 30.
    assert.deepEqual(await values('increase(hits[1m])', 300), [165])
    assert.deepEqual(await values('rate(hits[1m])', 300), [165 / 60])
    assert.deepEqual(await values('irate(hits[1m])', 300), [3])
    assert.deepEqual(await values('hits', 300), [30])
  })

  test('takes rates as so much a second', async () => {
    assert.deepEqual(await values('rate(speed[1m])', 300), [2.5])
    assert.deepEqual(await values('increase(speed[1m])', 300), [150])
    assert.deepEqual(await values('irate(speed[1m])', 300), [2.5])
  })

  test('a series ends when it has been silent for some of its intervals', async () => {
    assert.deepEqual(await values('fast', 148), [119])
    assert.deepEqual(await values('fast', 149), [])
    assert.deepEqual(await values('slow', 79), [1])
    assert.deepEqual(await values('slow', 80), [])
    assert.deepEqual(await values('edge', 329), [30])
    assert.deepEqual(await values('edge', 330), [])
  })

  test('looks back as far as it is told', async () => {
    const timeMs = startMs + 200_000
    const far = await prometheus.query({ query: 'fast', timeMs, lookbackMs: 82_000 })
    const near = await prometheus.query({ query: 'fast', timeMs, lookbackMs: 81_000 })
    assert.deepEqual([resultCount(far.result), resultCount(near.result)], [1, 0])
  })

  test('a window begins after its start and ends with its end', async () => {
    assert.deepEqual(await values('count_over_time(edge[20s])', 30), [2])
    assert.deepEqual(await values('sum_over_time(edge[20s])', 30), [50])
    assert.deepEqual(await values('changes(edge[20s])', 30), [1])
    assert.deepEqual(await values('edge offset 10s', 30), [20])
  })

  test('a hostile pattern fails or answers, in linear time', async () => {
    assert.deepEqual(await ask('tags{word=~"(t*)*(r*)*(a|a)*b"}'), [])
    await assert.rejects(ask('tags{word=~"(((a{900}){900}){900})"}'), { type: 'bad_data' })
    await assert.rejects(ask(String.raw`tags{word=~"(a)\\1"}`), { type: 'bad_data' })
  })

  test('finds no SQL in what is asked', async () => {
    assert.deepEqual(await ask(String.raw`tags{word="' OR 1 = 1 --\\"}`), [])
    const replaced = await ask(`label_replace(tags{word="true"}, "q", "'$1", "word", "(.*)'?")`)
    assert.deepEqual(labelOf(replaced, 'q'), ["'true"])
  })

  test('lists labels, their values and series', async () => {
    const all = { matcherLists: [], fromMs: startMs, limit: 100 }
    const names = await prometheus.labelNames(all)
    assert.deepEqual(
      names.filter((name) => /^_|team|k_|host/.test(name)),
      ['_', '_9lives', '__name__', 'host', 'k_e_y', 'team'],
    )
    assert.deepEqual(await prometheus.labelValues('host', all), ['h1', 'h2', 'of_tag'])
    assert.deepEqual(await prometheus.labelValues('none', all), [])
    const cpu = [{ label: '__name__', operator: '=~', value: 'docker.*' }] as const
    const scope = { ...all, matcherLists: [cpu] }
    assert.deepEqual(await prometheus.labelValues('__name__', scope), ['docker_cpu_usage'])
    assert.equal((await prometheus.series(scope)).length, 2)
    assert.deepEqual(await prometheus.labelNames({ ...scope, limit: 2 }), [
      '__name__',
      'container_name',
    ])
  })

  test('tells kind, unit and meaning of metrics', async () => {
    const metadata = await prometheus.metadata({ limit: 1000 })
    assert.equal(metadata['hits']?.[0]?.type, 'counter')
    assert.equal(metadata['docker_cpu_usage']?.length, 2)
    const one = await prometheus.metadata({ metric: 'docker_cpu_usage', limit: 1 })
    assert.match(one['docker_cpu_usage']?.[0]?.unit ?? '', /%/)
    assert.deepEqual(Object.keys(one), ['docker_cpu_usage'])
  })

  test('refuses more points of a series than Prometheus gives', async () => {
    const range = { query: '1', startMs, endMs: startMs + 11_000_000, stepMs: 1000 }
    await assert.rejects(prometheus.queryRange(range), { type: 'bad_data', message: /11000/ })
    const fits = await prometheus.queryRange({ ...range, endMs: startMs + 10_999_000 })
    assert.equal(resultCount(fits.result), 1)
  })

  test('gives up when its time is over', async () => {
    const asked = prometheus.query({ query: 'fast', timeMs: startMs, timeoutMs: 0 })
    await assert.rejects(asked, { type: 'timeout' })
  })
})

/** One label of each series. */
function labelOf(answered: readonly unknown[], label: string): readonly unknown[] {
  return answered.map((pair) => new Map(Object.entries([pair].flat()[0] ?? {})).get(label))
}

function resultCount(result: { readonly length: number }): number {
  return result.length
}
