import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openClickHouseHttp, type ClickHouseHttp } from '../../../test/store/clickhouse-http.ts'
import { sampleBlock, sampleOrigin } from '../../../test/server/sample-logs.ts'
import { askEverything, fillManySeries } from '../../../test/store/question-flows.ts'
import { fillStore, readStore } from '../../../test/store/store-flows.ts'
import { LogBudget } from '../log-budget.ts'
import { waitUntil } from '../../../test/flow/wait-until.ts'
import { openTemporaryStore, type TemporaryStore } from '../temporary-store.ts'
import { openRemoteEngine } from './open-remote-engine.ts'
import type { RemoteOptions } from './remote-options.ts'

const endMs = Math.floor(Date.now() / 60_000) * 60_000
const clock = (): number => endMs

/** The one host of the cluster has no Keeper: what it is told is parsed with all that needs one, and run without. */
describe('a store on a cluster', () => {
  let clickhouse: ClickHouseHttp
  let remote: RemoteOptions
  let store: TemporaryStore

  before(async () => {
    clickhouse = await openClickHouseHttp({ cluster: 'sky' })
    const { url, user, password } = clickhouse
    const tls = { isVerified: true }
    remote = { url, user, password, database: 'vigie', cluster: 'sky', tls }
    store = await openTemporaryStore({ remote, clock })
  })

  after(async () => {
    await store?.[Symbol.asyncDispose]()
    await clickhouse[Symbol.asyncDispose]()
  })

  test('gives everything back as one in this process does', async () => {
    await using own = await openTemporaryStore({ clock })
    for (const one of [own, store]) {
      await fillStore(one, endMs)
      await fillManySeries(one, endMs)
    }
    const given = { ...(await readStore(store)), ...(await askEverything(store, endMs)) }
    const expected = { ...(await readStore(own)), ...(await askEverything(own, endMs)) }
    for (const [question, answer] of Object.entries(expected)) {
      assert.deepEqual(given[question], answer, question)
    }
  })

  test('sees what its tables take on the disk', () => assert.ok(store.stats().bytesOnDisk > 0))

  test('trims lines of a container that has too many', async () => {
    const minutes = [30n, 20n, 10n].map(
      (minute) => BigInt(endMs) * 1_000_000n - minute * 60_000_000_000n,
    )
    const origin = sampleOrigin('d')
    const lines = minutes.map((timeNs) => ({ message: 'x'.repeat(600), timeNs, origin }))
    await store.write({ logs: [sampleBlock(lines)] })
    const engine = await openRemoteEngine(remote)
    const budget = new LogBudget({ read: engine.read, write: engine.write, budgetBytes: 1500 })
    const trimmed = await budget.enforce()
    await engine.close()
    assert.ok(trimmed.some(({ owner }) => owner === origin.containerId))
    // Each replica takes the lines away in its own time.
    await waitUntil('the lines are gone', 30_000, async () => {
      const answer = await store.read.query({
        query: `SELECT toUInt32(count()) AS lines FROM vigie.logs WHERE container_name = 'web-d'`,
        format: 'JSONEachRow',
      })
      const [row] = await answer.json<{ lines: number }>()
      return row?.lines === 2
    })
  })

  test('tells all hosts of every change, and none of a second start', async () => {
    await store.close()
    await clickhouse.takeStatements()
    store = await openTemporaryStore({ remote, clock })
    const changes = (await clickhouse.takeStatements()).filter((one) =>
      /^\s*(CREATE|ALTER|DROP)/.test(one),
    )
    assert.deepEqual(
      changes.filter((one) => !one.includes(' ON CLUSTER sky')),
      [],
    )
    assert.deepEqual(
      changes.filter((one) => one.includes('ALTER')),
      [],
    )
  })
})
