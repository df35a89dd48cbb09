import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { migrations } from '../migrate.ts'
import { defaultRetention, tableTtls } from '../retention.ts'
import { openTemporaryStore, type TemporaryStore } from '../temporary-store.ts'
import { clusterDialect } from './cluster-dialect.ts'

describe('clusterDialect()', () => {
  const { commands, question, peopleQuestion } = clusterDialect({
    database: 'vigie',
    cluster: 'sky',
    user: 'me',
  })

  test('replicates a table within its shard, and spreads it by its key', () => {
    assert.deepEqual(
      commands(
        'CREATE TABLE IF NOT EXISTS vigie.series (id UInt64) ENGINE = ReplacingMergeTree(seen) ORDER BY id',
      ),
      [
        `CREATE TABLE IF NOT EXISTS vigie.series_local ON CLUSTER sky (id UInt64) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/vigie/series_local', '{replica}', seen) ORDER BY id`,
        `CREATE TABLE IF NOT EXISTS vigie.series ON CLUSTER sky AS vigie.series_local ENGINE = Distributed('sky', 'vigie', 'series_local', id)`,
      ],
    )
  })

  test('does not take a table of which nobody said how it is spread', () =>
    assert.throws(
      () => commands('CREATE TABLE vigie.new (a Int8) ENGINE = MergeTree ORDER BY a'),
      /shard-keys.ts has no key for it/,
    ))

  test('makes a view over what lies on a host, with the rights of the user', () => {
    assert.deepEqual(
      commands(
        `CREATE OR REPLACE VIEW vigie.metrics DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT 'vigie.x' FROM vigie.points_1s AS p FINAL INNER JOIN vigie.series AS s FINAL ON p.id = s.id`,
      ),
      [
        `CREATE OR REPLACE VIEW vigie.metrics_local ON CLUSTER sky DEFINER = me SQL SECURITY DEFINER AS SELECT 'vigie.x' FROM vigie.points_1s_local AS p FINAL INNER JOIN vigie.series_local AS s FINAL ON p.id = s.id`,
        `CREATE OR REPLACE TABLE vigie.metrics ON CLUSTER sky AS vigie.metrics_local ENGINE = Distributed('sky', 'vigie', 'metrics_local')`,
      ],
    )
  })

  const changes: readonly (readonly [statement: string, said: readonly string[]])[] = [
    [
      'CREATE MATERIALIZED VIEW IF NOT EXISTS vigie.log_counts_feed TO vigie.log_counts AS SELECT 1 FROM vigie.log_lines',
      [
        'CREATE MATERIALIZED VIEW IF NOT EXISTS vigie.log_counts_feed ON CLUSTER sky TO vigie.log_counts_local AS SELECT 1 FROM vigie.log_lines_local',
      ],
    ],
    [
      'ALTER TABLE vigie.series MODIFY TTL seen + toIntervalSecond(60)',
      ['ALTER TABLE vigie.series_local ON CLUSTER sky MODIFY TTL seen + toIntervalSecond(60)'],
    ],
    [
      `ALTER TABLE vigie.points_1s DROP PARTITION '2026-01-01'`,
      [`ALTER TABLE vigie.points_1s_local ON CLUSTER sky DROP PARTITION '2026-01-01'`],
    ],
    [
      'ALTER TABLE vigie.series ADD COLUMN IF NOT EXISTS unit String',
      [
        'ALTER TABLE vigie.series_local ON CLUSTER sky ADD COLUMN IF NOT EXISTS unit String',
        `CREATE OR REPLACE TABLE vigie.series ON CLUSTER sky AS vigie.series_local ENGINE = Distributed('sky', 'vigie', 'series_local', id)`,
      ],
    ],
    [
      'DELETE FROM vigie.log_lines WHERE origin IN (1) SETTINGS lightweight_deletes_sync = 0',
      [
        'DELETE FROM vigie.log_lines_local ON CLUSTER sky WHERE origin IN (1) SETTINGS lightweight_deletes_sync = 0',
      ],
    ],
    [
      'OPTIMIZE TABLE vigie.series FINAL',
      ['OPTIMIZE TABLE vigie.series_local ON CLUSTER sky FINAL'],
    ],
    [
      'TRUNCATE TABLE IF EXISTS vigie.series',
      ['TRUNCATE TABLE IF EXISTS vigie.series_local ON CLUSTER sky'],
    ],
    [
      'DROP TABLE IF EXISTS vigie.series',
      [
        'DROP TABLE IF EXISTS vigie.series ON CLUSTER sky SYNC',
        'DROP TABLE IF EXISTS vigie.series_local ON CLUSTER sky SYNC',
      ],
    ],
    [
      `CREATE TABLE vigie.migration_lock_1 (nothing UInt8) ENGINE = Memory COMMENT 'x'`,
      [
        `CREATE TABLE vigie.migration_lock_1 ON CLUSTER sky (nothing UInt8) ENGINE = Memory COMMENT 'x'`,
      ],
    ],
    [
      'INSERT INTO vigie.points_10s SELECT 1 FROM vigie.points_1s',
      ['INSERT INTO vigie.points_10s SELECT 1 FROM vigie.points_1s'],
    ],
    ['CREATE DATABASE IF NOT EXISTS vigie', []],
  ]
  for (const [statement, said] of changes) {
    test(`says ${statement.slice(0, 60)}`, () => assert.deepEqual(commands(statement), said))
  }

  test('refuses what it has no words for', () =>
    assert.throws(
      () => commands('RENAME TABLE vigie.series TO vigie.old'),
      /Cannot say on a cluster: RENAME TABLE/,
    ))

  test('counts parts on one host of each shard, tables only here, under our names', () => {
    assert.match(
      question(`SELECT count() FROM system.parts WHERE database = 'vigie' AND table = 'series'`),
      /FROM cluster\('sky', system\.parts\) WHERE database = 'vigie'\)\) WHERE database = 'vigie' AND table = 'series'$/,
    )
    assert.match(
      question('SELECT name FROM system.tables'),
      /FROM \(SELECT \* FROM system\.tables WHERE database = 'vigie' AND engine != 'Distributed'\)/,
    )
  })

  test('leaves questions of people as they are', () => {
    const text = 'SELECT * FROM metrics, system.parts'
    assert.equal(peopleQuestion(text), text)
  })
})

describe('every statement for a cluster', () => {
  let store: TemporaryStore

  before(async () => {
    store = await openTemporaryStore()
  })

  after(async () => store[Symbol.asyncDispose]())

  const retention = tableTtls(defaultRetention).map(({ table, expression }) =>
    expression === undefined
      ? `ALTER TABLE vigie.${table} REMOVE TTL`
      : `ALTER TABLE vigie.${table} MODIFY TTL ${expression}`,
  )
  const all = [...migrations.flatMap(({ statements }) => statements), ...retention]
  for (const database of ['vigie', 'of-others']) {
    test(`can be read by the engine, in the database ${database}`, async () => {
      const { commands } = clusterDialect({ database, cluster: 'sky-1', user: 'me too' })
      const translated = all.flatMap(commands)
      assert.ok(translated.length > all.length)
      for (const statement of translated) {
        await store.read.query({
          query: 'SELECT formatQuery({statement:String})',
          query_params: { statement },
          format: 'JSON',
        })
        assert.match(statement, /ON CLUSTER `sky-1`/)
        assert.doesNotMatch(statement, database === 'vigie' ? /^$/ : /[^_`]vigie\./)
      }
    })
  }
})
