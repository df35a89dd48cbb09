import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openClickHouseHttp, type ClickHouseHttp } from '../../../test/store/clickhouse-http.ts'
import { askEverything, fillManySeries } from '../../../test/store/question-flows.ts'
import { fillStore, readStore } from '../../../test/store/store-flows.ts'
import { StoreWriteError } from '../store-errors.ts'
import { openTemporaryStore, type TemporaryStore } from '../temporary-store.ts'

const endMs = Math.floor(Date.now() / 60_000) * 60_000
const clock = (): number => endMs

describe('a store on a ClickHouse server', () => {
  let clickhouse: ClickHouseHttp
  let store: TemporaryStore

  before(async () => {
    clickhouse = await openClickHouseHttp()
    const { url, user, password } = clickhouse
    store = await openTemporaryStore({
      remote: { url, user, password, database: 'of_others', tls: { isVerified: true } },
      clock,
    })
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

  test('holds rows of an insert once that was sent again', async () => {
    const rows = async (): Promise<unknown> => {
      const query = 'SELECT count() AS n FROM vigie.points_1s FINAL'
      return (await store.read.query({ query, format: 'JSONEachRow' })).json()
    }
    const first = await rows()
    await fillStore(store, endMs)
    assert.deepEqual(await rows(), first)
  })

  test('names no database but its own', async () => {
    const statements = await clickhouse.takeStatements()
    assert.ok(statements.length > 100)
    assert.deepEqual(
      statements.filter((statement) => /(?<![\w.'])vigie\./.test(statement)),
      [],
    )
  })

  test('refuses rows with an error that agents hold back at, and takes questions again', async () => {
    await clickhouse.kill()
    const event = {
      kind: 'event',
      title: 'lost',
      text: '',
      timeMs: endMs,
      alertType: 'info',
      priority: 'normal',
      aggregationKey: '',
      source: 'test',
      host: 'h',
      tags: [],
    } as const
    await assert.rejects(store.write({ events: [event] }), StoreWriteError)
    await assert.rejects(store.read.query({ query: 'SELECT 1', format: 'JSON' }), {
      code: 'ECONNREFUSED',
    })
  })
})
