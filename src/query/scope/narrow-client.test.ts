import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { TagScope } from '../../model/person.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { meetsScope } from './meets-scope.ts'
import { narrowClient } from './narrow-client.ts'

const term = (key: string, patterns: readonly string[], isNegated = false): TagScope[number] => ({
  key,
  patterns,
  isNegated,
})

/** Tags of containers by the name of the metric that each has. */
const tagged: Readonly<Record<string, readonly string[]>> = {
  web: ['container_name:web-1', 'team:web', 'env:prod'],
  api: ['container_name:api-1', 'team:api', 'team:core'],
  odd: ['container_name:o%d_d', 'team:w%b', 'colon:a:b'],
  bare: ['container_name:bare'],
}

const scopes: readonly (readonly [name: string, scope: TagScope, seen: readonly string[]])[] = [
  ['a value', [term('team', ['web'])], ['web']],
  ['one of several values', [term('team', ['web', 'core'])], ['api', 'web']],
  ['all terms', [term('team', ['*']), term('env', ['prod'])], ['web']],
  ['a beginning', [term('team', ['w*'])], ['odd', 'web']],
  ['an end', [term('container_name', ['*-1'])], ['api', 'web']],
  ['a middle', [term('container_name', ['*e*-*'])], ['web']],
  ['pieces that may not overlap', [term('team', ['web*web'])], []],
  ['signs that SQL knows', [term('team', ['w%b'])], ['odd']],
  ['the same in a pattern', [term('container_name', ['o%*_d'])], ['odd']],
  ['a value with a colon', [term('colon', ['a:*'])], ['odd']],
  ['what must not be', [term('team', ['web', 'a*'], true)], ['bare', 'odd']],
  ['a key that nothing has', [term('none', ['*'])], []],
  ['a key that is a part of another', [term('tea', ['*'])], []],
  ['a quote', [term('team', [`web') OR 1 --`])], []],
]

describe('narrowClient()', () => {
  let store: TemporaryStore
  before(async () => {
    store = await openTemporaryStore()
    await write('load', [])
    for (const [metric, tags] of Object.entries(tagged)) await write(metric, tags)
  })
  after(async () => {
    await store[Symbol.asyncDispose]()
  })

  async function write(metric: string, tags: readonly string[]): Promise<void> {
    const series = store.series.resolve({ metric, kind: 'gauge', host: 'h1', tags, intervalS: 1 })
    assert.ok(series)
    const columns = { timesMs: Float64Array.of(Date.now()), values: Float64Array.of(1) }
    await store.write({ points: { series: [series], ...columns } })
  }
  async function metricsOf(scope: TagScope): Promise<readonly string[]> {
    const answer = await narrowClient(store.read, scope).query({
      query: 'SELECT DISTINCT toString(metric) AS metric FROM vigie.series FINAL ORDER BY metric',
      format: 'JSONEachRow',
    })
    return (await answer.json<{ metric: string }>()).map(({ metric }) => metric)
  }

  for (const [name, scope, seen] of scopes) {
    test(`and meetsScope() see the same by ${name}`, async () => {
      const found = Object.keys(tagged).filter((metric) => meetsScope(scope, tagged[metric] ?? []))
      assert.deepEqual(found.toSorted(), seen)
      assert.deepEqual(await metricsOf(scope), seen)
    })
  }

  test('takes the host for a tag', async () => {
    assert.equal((await metricsOf([term('host', ['h*'])])).length, 5)
    assert.deepEqual(await metricsOf([term('host', ['h2'])]), [])
  })

  test('knows what to do with every table of points, and refuses those it does not know', async () => {
    const { read } = store
    const narrowed = narrowClient(read, [term('team', ['web'])])
    for (const { stepS } of store.tiers()) {
      const table = { 1: '1s', 10: '10s', 60: '1m', 3600: '1h' }[stepS]
      await narrowed.query({ query: `SELECT count() FROM vigie.points_${table}` })
    }
    assert.throws(
      () => narrowed.query({ query: 'SELECT count() FROM vigie.container_runs' }),
      /Cannot narrow vigie.container_runs/,
    )
  })
})
