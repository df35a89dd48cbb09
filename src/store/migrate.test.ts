import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openEmbeddedEngine } from './embedded/embedded-engine.ts'
import type { StoreEngine } from './engine.ts'
import { applyRetention, migrate, migrations } from './migrate.ts'
import type { Migration } from './migrations/migration.ts'
import { defaultRetention } from './retention.ts'

describe('migrate()', () => {
  let storeDir: string
  let engine: StoreEngine

  before(async () => {
    storeDir = await mkdtemp(join(tmpdir(), 'vigie-migrate-'))
    engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes: 512 * 1024 * 1024 })
  })

  after(async () => {
    await engine.close()
    await rm(storeDir, { recursive: true, force: true })
  })

  const read = async (query: string): Promise<readonly unknown[]> => {
    const answer = await engine.write.query({ query, format: 'JSONCompactEachRow' })
    return answer.json()
  }

  test('numbers its steps one after the other', () => {
    assert.deepEqual(
      migrations.map(({ version }) => version),
      migrations.map((_step, index) => index + 1),
    )
  })

  test('makes an empty folder a store', async () => {
    assert.equal(await migrate(engine.write), migrations.length)
    assert.deepEqual(await read('SELECT count() FROM vigie.metrics'), [['0']])
    const applied = await read('SELECT version, name FROM vigie.schema_migrations')
    assert.deepEqual(
      applied,
      migrations.map(({ version, name }) => [version, name]),
    )
  })

  test('changes nothing the second time', async () => {
    await migrate(engine.write)
    const counted = await read('SELECT count() FROM vigie.schema_migrations')
    assert.deepEqual(counted, [[String(migrations.length)]])
  })

  test('sets how long each table keeps its rows', async () => {
    await applyRetention(engine.write, defaultRetention)
    const tables = await read(
      `SELECT name FROM system.tables WHERE database = 'vigie' AND engine_full LIKE '% TTL %' ORDER BY name`,
    )
    const expected = [
      'container_runs',
      'container_states',
      'event_log',
      'log_counts',
      'log_ledgers',
      'log_lines',
      'log_origins',
      'series',
      'service_check_log',
    ]
    assert.deepEqual(
      tables,
      expected.map((name) => [name]),
    )
  })

  test('can take each of its steps again, as after a crash', async () => {
    for (const { statements } of migrations) {
      for (const query of statements) await engine.write.command({ query })
    }
  })

  test('takes a step that broke off again, and those after it once', async () => {
    const name = 'step'
    const make = 'CREATE TABLE IF NOT EXISTS vigie.extra (a Int8) ENGINE = MergeTree ORDER BY a'
    const version = migrations.length + 1
    const broken: Migration = { version, name, statements: [make, 'CREATE TABLE vigie.broken'] }
    await assert.rejects(migrate(engine.write, [...migrations, broken]))
    const fixed: Migration = { version, name, statements: [make] }
    const next: Migration = {
      version: version + 1,
      name,
      statements: ['ALTER TABLE vigie.extra ADD COLUMN b Int8'],
    }
    assert.equal(await migrate(engine.write, [...migrations, fixed, next]), version + 1)
    assert.equal(await migrate(engine.write, [...migrations, fixed, next]), version + 1)
  })

  test('refuses what a newer program has made', async () => {
    await assert.rejects(migrate(engine.write), {
      code: 'STORE_TOO_NEW',
      message: /its schema is version 7, this program knows up to 5; start the newer program/,
    })
  })
})
