import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { NewSeries } from '../../store/series-registry.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { openCatalogue, type Catalogue } from './open-catalogue.ts'

const dayMs = 86_400_000
let store: TemporaryStore
let catalogue: Catalogue

const series = (metric: string, change: Partial<NewSeries> = {}): NewSeries => ({
  metric,
  kind: 'gauge',
  host: 'web-1',
  tags: [],
  intervalS: 1,
  ...change,
})

async function send(...all: readonly NewSeries[]): Promise<void> {
  const known = all.map((one) => store.series.resolve(one)).filter((one) => one !== undefined)
  await store.write({
    points: {
      series: known,
      timesMs: Float64Array.from(known, () => Date.now()),
      values: Float64Array.from(known, () => 1),
    },
  })
}

before(async () => {
  store = await openTemporaryStore()
  catalogue = openCatalogue(store.read)
  const ofContainer = (name: string, image: string): NewSeries =>
    series('docker.cpu.usage', {
      tags: [`container_name:${name}`, `short_image:${image}`, 'env:prod', 'alone'],
    })
  await send(
    ofContainer('a', 'web'),
    ofContainer('b', 'web'),
    ofContainer('c', 'db'),
    series('docker.cpu.usage', { host: 'web-2', tags: ['container_name:a', 'short_image:web'] }),
    series('system.load.1', { tags: ['env:prod', 'rack:1'] }),
    series('system.uptime', { tags: ['env:prod', 'rack:1', 'odd:tag'] }),
    series('requests.count', { kind: 'count', host: '', intervalS: 10, tags: ['url:a:b'] }),
  )
})

after(() => store[Symbol.asyncDispose]())

describe('openCatalogue()', () => {
  test('lists metrics by name, with what their series say', async () => {
    const { metrics, isCut } = await catalogue.listMetrics({ text: '', limit: 10 })
    assert.equal(isCut, false)
    const nowS = Date.now() / 1000
    assert.deepEqual(
      metrics.map(({ seenS, ...metric }) => ({ ...metric, isNew: Math.abs(nowS - seenS) < 600 })),
      [
        { name: 'docker.cpu.usage', kind: 'gauge', series: 4, intervalS: 1, isNew: true },
        { name: 'requests.count', kind: 'count', series: 1, intervalS: 10, isNew: true },
        { name: 'system.load.1', kind: 'gauge', series: 1, intervalS: 1, isNew: true },
        { name: 'system.uptime', kind: 'gauge', series: 1, intervalS: 1, isNew: true },
      ],
    )
  })

  for (const [text, expected] of [
    ['CPU docker', ['docker.cpu.usage']],
    ['system.', ['system.load.1', 'system.uptime']],
    ['%', []],
    ["'", []],
  ] as const) {
    test(`finds ${text} in names`, async () => {
      const { metrics } = await catalogue.listMetrics({ text, limit: 10 })
      assert.deepEqual(
        metrics.map(({ name }) => name),
        expected,
      )
    })
  }

  test('says when there are more, and leaves out what is not in use any more', async () => {
    const first = await catalogue.listMetrics({ text: '', limit: 1 })
    assert.deepEqual([first.metrics.length, first.isCut], [1, true])
    const sinceMs = Date.now() + 2 * dayMs
    const later = await catalogue.listMetrics({ text: '', sinceMs, limit: 10 })
    assert.deepEqual(later, { metrics: [], isCut: false })
  })

  test('finds one metric', async () => {
    assert.equal((await catalogue.findMetric('requests.count'))?.intervalS, 10)
    assert.equal(await catalogue.findMetric('requests'), undefined)
  })

  test('lists the tags of a metric, the most frequent values first', async () => {
    const keys = await catalogue.listTags({ metric: 'docker.cpu.usage', maxValues: 2 })
    assert.deepEqual(keys, [
      { key: 'alone', count: 1, values: [''] },
      { key: 'container_name', count: 3, values: ['a', 'b'] },
      { key: 'env', count: 1, values: ['prod'] },
      { key: 'host', count: 2, values: ['web-1', 'web-2'] },
      { key: 'short_image', count: 2, values: ['web', 'db'] },
    ])
  })

  test('lists the values of one key, whatever is in them', async () => {
    const ofKey = (metric: string, key: string): ReturnType<Catalogue['listTags']> =>
      catalogue.listTags({ metric, key, maxValues: 10 })
    assert.deepEqual(await ofKey('docker.cpu.usage', 'short_image'), [
      { key: 'short_image', count: 2, values: ['web', 'db'] },
    ])
    assert.deepEqual(await ofKey('requests.count', 'url'), [
      { key: 'url', count: 1, values: ['a:b'] },
    ])
    assert.deepEqual(await ofKey('requests.count', 'host'), [])
    assert.deepEqual(await ofKey('none', 'host'), [])
  })

  test('lists active metrics by host and by tags', async () => {
    const sinceMs = Date.now()
    const list = (change: object): Promise<readonly string[]> =>
      catalogue.listActiveMetrics({ sinceMs, ...change })
    assert.equal((await list({})).length, 4)
    assert.deepEqual(await list({ host: 'web-2' }), ['docker.cpu.usage'])
    assert.deepEqual(await list({ tags: 'env:prod AND NOT rack:*' }), ['docker.cpu.usage'])
    assert.deepEqual(await list({ tags: 'url:a:b' }), ['requests.count'])
    assert.deepEqual(await list({ sinceMs: sinceMs + 3 * dayMs }), [])
    for (const tags of ['(', 'a:b}', 'a:b} OR 1=1', 'a:b OR']) {
      await assert.rejects(list({ tags }), { code: 'QUESTION', kind: 'invalid' })
    }
  })

  test('lists hosts, and the tags that all has which is of the whole host', async () => {
    assert.deepEqual(await catalogue.listHosts(''), ['web-1', 'web-2'])
    assert.deepEqual(await catalogue.listHosts('B-2'), ['web-2'])
    assert.deepEqual(
      [...(await catalogue.listHostTags())],
      [
        ['web-1', ['env:prod', 'rack:1']],
        ['web-2', []],
      ],
    )
  })
})
