import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ClickHouseError } from '@clickhouse/client'
import { openTemporaryStore, type TemporaryStore } from '../temporary-store.ts'

describe('openEmbeddedEngine()', () => {
  let store: TemporaryStore

  before(async () => {
    store = await openTemporaryStore()
  })

  after(async () => store[Symbol.asyncDispose]())

  const read = async (query: string): Promise<readonly unknown[]> => {
    const answer = await store.read.query({ query, format: 'JSONCompactEachRow' })
    return answer.json()
  }

  test('never starts an answer with leftovers of a failed one', async () => {
    const failing = 'SELECT throwIf(number = 300000) FROM numbers(1000000)'
    for (let round = 0; round < 5; round += 1) {
      await assert.rejects(read(failing), (error) => error instanceof ClickHouseError)
      assert.deepEqual(await Promise.all([read('SELECT 1'), read('SELECT 2')]), [[[1]], [[2]]])
    }
  })

  test('gives the code and the type of a failure', async () => {
    await assert.rejects(read(`SELECT throwIf(1, 'odd (TEXT) in it')`), {
      code: '395',
      type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO',
    })
  })

  test('answers short questions while a long one runs', async () => {
    let isDone = false
    const long = read('SELECT sleep(1)').then(() => (isDone = true))
    await read('SELECT 1')
    assert.equal(isDone, false)
    await long
  })

  test('keeps no statistics of columns, which inserts and merges would pay for', async () => {
    const query = `SELECT value FROM system.merge_tree_settings WHERE name = 'auto_statistics_types'`
    assert.deepEqual(await read(query), [['']])
  })

  test('does not let our own questions write', async () => {
    await assert.rejects(read('CREATE TABLE vigie.x (a Int8) ENGINE = Memory'), { code: '164' })
    await assert.rejects(read(`SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')`), {
      type: 'ACCESS_DENIED',
    })
  })

  test('gives writing no way out of the engine', async () => {
    const outside = [
      `INSERT INTO FUNCTION file('/tmp/vigie-x', 'CSV', 'a Int8') VALUES (1)`,
      `BACKUP TABLE vigie.series TO File('/tmp/vigie-backup')`,
      `SELECT * FROM remote('127.0.0.1', 'system.one')`,
      `SELECT * FROM s3('http://127.0.0.1:1/a/b', 'CSV', 'a String')`,
      'CREATE TABLE other.x (a Int8) ENGINE = Memory',
      'CREATE USER someone',
    ]
    for (const query of outside) {
      await assert.rejects(store.read.query({ query, format: 'JSON' }), query)
    }
  })

  test('refuses settings of one statement and bodies of inserts', async () => {
    const settings = { max_threads: 1 }
    const query = 'SELECT 1'
    await assert.rejects(store.read.query({ query, clickhouse_settings: settings }), /max_threads/)
    await assert.rejects(
      store.read.insert({ table: 'vigie.series', values: [{}] }),
      /insertColumns/,
    )
  })

  test('answers a ping', async () => assert.deepEqual(await store.read.ping(), { success: true }))

  test('keeps its configuration from other users', async () => {
    for (const file of ['engine.xml', 'users.xml']) {
      const { mode } = await stat(join(store.dataDir, 'store', file))
      assert.equal(mode & 0o777, 0o600)
    }
  })

  test('has the memory limit that was asked for', async () => {
    const [row] = await read(
      `SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'`,
    )
    assert.deepEqual(row, [String(512 * 1024 * 1024)])
  })
})

test('ends the questions that run when it closes', async () => {
  const store = await openTemporaryStore()
  const running = ['read', 'people'] as const
  const refusals = running.map((name) =>
    assert.rejects(
      store[name].query({ query: 'SELECT count() FROM numbers(1e12)', format: 'JSON' }),
    ),
  )
  await store.read.query({ query: 'SELECT 1', format: 'JSON' })
  const startMs = performance.now()
  await store[Symbol.asyncDispose]()
  assert.ok(performance.now() - startMs < 2000)
  await Promise.all(refusals)
})
