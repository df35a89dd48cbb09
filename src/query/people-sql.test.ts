import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { estimatedTotals, sampleTotals } from '../../test/server/sample-totals.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { askSql } from './people-sql.ts'
import { QuestionError, type QuestionErrorKind } from './question-error.ts'

const views = [
  'metrics',
  'distributions',
  'events',
  'service_checks',
  'containers',
  'container_totals',
]
const totalsColumns =
  `container_id name image short_image host tags started finished exit_code oom_killed cpu_seconds user_seconds
  system_seconds memory_peak_bytes read_bytes written_bytes received_bytes sent_bytes throttled_seconds exact method
  reason`.split(/\s+/)
const secret = 'the-secret-of-this-machine'

describe('askSql()', () => {
  let store: TemporaryStore
  let folder: string
  /** A file that questions must not read, and one that they must not write. */
  let secretFile: string
  let writtenFile: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-sql-'))
    secretFile = join(folder, 'secret')
    writtenFile = join(folder, 'written')
    await writeFile(secretFile, secret)
    store = await openTemporaryStore()
    await writeSomePoints(store)
  })

  after(async () => {
    await store[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  const rows = async (query: string): Promise<readonly unknown[]> =>
    (await askSql(store, query)).rows

  const failure = async (query: string): Promise<QuestionError> => {
    try {
      await askSql(store, query)
    } catch (error) {
      assert.ok(error instanceof QuestionError, String(error))
      return error
    }
    return assert.fail(`this was answered: ${query}`)
  }

  describe('answers', () => {
    test('gives names, types and rows', async () => {
      assert.deepEqual(
        await askSql(store, `SELECT metric, count() AS n FROM metrics GROUP BY metric`),
        {
          columns: [
            { name: 'metric', type: 'LowCardinality(String)' },
            { name: 'n', type: 'UInt64' },
          ],
          rows: [['docker.cpu.usage', 60]],
        },
      )
    })

    test('finds the views without their database, and with it', async () => {
      for (const view of [...views, 'vigie.metrics', 'vigie.container_totals']) {
        assert.equal((await rows(`SELECT count() FROM ${view}`)).length, 1)
      }
    })

    test('shows the columns that are promised', async () => {
      const found = await rows(`SELECT table, name FROM system.columns WHERE database = 'vigie'
        AND table IN ('metrics', 'distributions', 'events', 'service_checks', 'container_totals') ORDER BY table, position`)
      const names = Map.groupBy(found, (row) => (Array.isArray(row) ? String(row[0]) : ''))
      assert.deepEqual(
        Object.fromEntries([...names].map(([table, list]) => [table, list.map(String)])),
        {
          container_totals: totalsColumns.map((name) => `container_totals,${name}`),
          distributions: [
            'time',
            'metric',
            'host',
            'tags',
            'count',
            'min',
            'max',
            'avg',
            'sum',
            'p50',
            'p95',
            'p99',
          ].map((name) => `distributions,${name}`),
          events: [
            'time',
            'title',
            'text',
            'alert_type',
            'aggregation_key',
            'source',
            'host',
            'tags',
          ].map((name) => `events,${name}`),
          metrics: ['time', 'metric', 'kind', 'value', 'host', 'tags'].map(
            (name) => `metrics,${name}`,
          ),
          service_checks: ['time', 'name', 'status', 'message', 'host', 'tags'].map(
            (name) => `service_checks,${name}`,
          ),
        },
      )
    })

    test('adds up what runs of containers used', async () => {
      await store.write({
        runs: [
          sampleTotals('a', { memoryPeakBytes: 2 ** 40 }),
          estimatedTotals('b', { wasOomKilled: true }),
        ],
      })
      const query = `SELECT short_image, count(), sum(cpu_seconds), max(memory_peak_bytes), countIf(exact),
        countIf(oom_killed), countIf(cpu_seconds IS NULL) FROM container_totals
        WHERE finished > now() - INTERVAL 1 DAY AND has(tags, 'short_image:job') GROUP BY short_image`
      assert.deepEqual(await rows(query), [['job', 2, 1.5, 2 ** 40, 1, 1, 1]])
    })

    test('has whole numbers as numbers where these are exact', async () => {
      const query = `SELECT toInt64(-5), toUInt64('18446744073709551615'), [toInt64(7)], toNullable(toInt64(8)),
        map('a', toInt64(9)), toInt128(10), 1.5, nan, NULL, 'é', toDateTime64('2026-01-31 23:59:59.5', 3, 'UTC')`
      assert.deepEqual(await rows(query), [
        [
          -5,
          '18446744073709551615',
          [7],
          8,
          { a: '9' },
          10,
          1.5,
          null,
          null,
          'é',
          '2026-01-31 23:59:59.500',
        ],
      ])
    })

    const allowed: readonly (readonly [string, readonly unknown[]])[] = [
      ['SELECT 1;', [[1]]],
      ['-- first\nSELECT 1 /* ; ) */ ; -- last', [[1]]],
      [`SELECT ';', ')', "a;b" FROM (SELECT 1 AS "a;b")`, [[';', ')', 1]]],
      ['WITH 2 AS two SELECT two * 3 AS six ORDER BY six LIMIT 1', [[6]]],
      ['SELECT 1 UNION ALL SELECT 2', [[1], [2]]],
      ['SELECT number FROM numbers(3) ORDER BY number DESC', [[2], [1], [0]]],
      ['SELECT * APPLY(toString) FROM numbers(2)', [['0'], ['1']]],
      ['SELECT arrayMap(x -> x * 2, [1, 2])', [[[2, 4]]]],
      ['SELECT 1, 1', [[1, 1]]],
      ['SELECT 1 AS hostname, 2 AS user ORDER BY hostname, user', [[1, 2]]],
      ["SELECT * FROM values('a UInt8', 1, 2)", [[1], [2]]],
    ]
    for (const [query, expected] of allowed) {
      test(`to ${query}`, async () => assert.deepEqual(await rows(query), expected))
    }
  })

  describe('refuses', () => {
    /** `?` stands for the secret file, `!` for the file that must not be written. */
    const attacks: readonly (readonly [string, QuestionErrorKind])[] = [
      // Files, by the one function that reads them, in every place and disguise.
      [`SELECT file('?')`, 'refused'],
      [`SELECT \`file\`('?')`, 'refused'],
      [`SELECT "file" ('?')`, 'refused'],
      [`SELECT toUInt8(file('?'))`, 'refused'],
      [`SELECT throwIf(1, file('?'))`, 'refused'],
      [`SELECT * APPLY(file) FROM (SELECT '?' AS p)`, 'refused'],
      [`SELECT * APPLY(p -> file(p)) FROM (SELECT '?' AS p)`, 'refused'],
      [`SELECT COLUMNS('p') APPLY file FROM (SELECT '?' AS p)`, 'refused'],
      [`SELECT * REPLACE(file('?') AS p) FROM (SELECT 1 AS p)`, 'refused'],
      [`SELECT arrayMap(file, ['?'])`, 'refused'],
      [`SELECT 1 AS file, arrayMap(file, ['?'])`, 'refused'],
      [`WITH file AS f SELECT arrayMap(f, ['?'])`, 'refused'],
      [`WITH (p -> file(p)) AS f SELECT f('?')`, 'refused'],
      [`SELECT 1 ORDER BY file('?')`, 'refused'],
      [`SELECT 1 LIMIT length(file('?'))`, 'refused'],
      [`SELECT sum(1) OVER (PARTITION BY file('?'))`, 'refused'],
      [`SELECT number FROM numbers(3) ORDER BY number WITH FILL FROM length(file('?'))`, 'refused'],
      [`SELECT * FROM numbers(length(file('?')))`, 'refused'],
      [`SELECT (SELECT file('?'))`, 'refused'],
      [`SELECT 1 WHERE 'a' IN (SELECT file('?'))`, 'refused'],
      [`SELECT FILE('?')`, 'refused'],
      [`SELECT catboostEvaluate('?', 1)`, 'refused'],
      // Table functions and tables that stand for files, addresses and other servers.
      [`SELECT * FROM file('?', 'LineAsString')`, 'refused'],
      [`SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')`, 'refused'],
      [`SELECT * FROM s3('http://127.0.0.1:1/a/b', 'CSV', 'a String')`, 'refused'],
      [`SELECT * FROM gcs('http://127.0.0.1:1/a/b', 'CSV', 'a String')`, 'refused'],
      [`SELECT * FROM azureBlobStorage('http://127.0.0.1:1', 'a', 'b')`, 'refused'],
      [`SELECT * FROM hdfs('hdfs://a:1/b', 'CSV', 'a String')`, 'refused'],
      [`SELECT * FROM iceberg('http://127.0.0.1:1/a')`, 'refused'],
      [`SELECT * FROM deltaLakeLocal('?')`, 'refused'],
      [`SELECT * FROM sqlite('?', 't')`, 'refused'],
      [`SELECT * FROM filesystem('/')`, 'refused'],
      [`SELECT * FROM remote('127.0.0.1', 'system.one')`, 'refused'],
      [`SELECT * FROM cluster('default', 'system.one')`, 'refused'],
      [`SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')`, 'refused'],
      [`SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')`, 'refused'],
      [`SELECT * FROM mongodb('127.0.0.1:1', 'a', 'b', 'c', 'd', 'x Int8')`, 'refused'],
      [`SELECT * FROM redis('127.0.0.1:1', 'k', 'k String')`, 'refused'],
      [`SELECT * FROM executable('ls', 'TSV', 'a String')`, 'refused'],
      [`SELECT * FROM Python('a')`, 'refused'],
      [`SELECT * FROM eval('SELECT 1')`, 'refused'],
      [`SELECT * FROM view(SELECT 1)`, 'refused'],
      [`SELECT * FROM merge('system', '.*')`, 'refused'],
      [`SELECT * FROM loop('system', 'one')`, 'refused'],
      [`SELECT * FROM dictionary('x')`, 'refused'],
      [`SELECT * FROM arrowstream('insert_1')`, 'refused'],
      [`SELECT * FROM mergeTreeIndex('vigie', 'points_1s')`, 'refused'],
      [`SELECT * FROM \`?\``, 'invalid'],
      // Tables that are not for people.
      ['SELECT * FROM points_1s', 'refused'],
      ['SELECT * FROM vigie.series', 'refused'],
      ['SELECT * FROM vigie.container_states', 'refused'],
      ['SELECT * FROM container_runs', 'refused'],
      ['SELECT * FROM container_totals JOIN vigie.container_runs USING name', 'refused'],
      ['SELECT 1 FROM container_totals WHERE name IN (SELECT name FROM container_runs)', 'refused'],
      ['SELECT * FROM schema_migrations', 'refused'],
      ['SELECT * FROM system.processes', 'refused'],
      ['SELECT * FROM "system"."processes"', 'refused'],
      ['SELECT * FROM system.tables', 'refused'],
      ['SELECT * FROM system.settings', 'refused'],
      ['SELECT * FROM system.server_settings', 'refused'],
      ['SELECT * FROM system.users', 'refused'],
      ['SELECT * FROM system.stack_trace', 'refused'],
      ['SELECT 1 IN system.processes', 'refused'],
      ['SELECT * FROM metrics JOIN system.disks ON 1 = 1', 'refused'],
      ['SELECT (SELECT max(value) FROM system.build_options)', 'refused'],
      // The server itself.
      ['SELECT hostName()', 'refused'],
      ['SELECT fqdn(), fullHostName()', 'refused'],
      ['SELECT user()', 'refused'],
      ['SELECT arrayMap(sleep, [1])', 'refused'],
      ["SELECT hasColumnInTable('127.0.0.1', 'a', 'b', 'c')", 'refused'],
      [`SELECT getServerSetting('users_config')`, 'refused'],
      [`SELECT getMacro('a')`, 'refused'],
      ['SELECT sleep(3)', 'refused'],
      [`SELECT logTrace('a')`, 'refused'],
      ['SELECT addressToLine(1)', 'refused'],
      [`SELECT dictGet('a', 'b', 1)`, 'refused'],
      [`SELECT aiGenerate('a')`, 'refused'],
      // What computes for minutes on one value.
      ['SELECT arrayLevenshteinDistance(range(100000), range(100000))', 'refused'],
      [`SELECT editDistance('a', 'b')`, 'refused'],
      ['SELECT h3PolygonToCells([(0., 0.), (0., 60.), (60., 60.)], 15)', 'refused'],
      // Its limits.
      ['SELECT 1 SETTINGS max_execution_time = 1000', 'refused'],
      ['SELECT * FROM (SELECT 1 SETTINGS readonly = 0)', 'refused'],
      ['SELECT `a\nSETTINGS b` FROM (SELECT 1 AS `a\nSETTINGS b`)', 'refused'],
      // More than one statement, or another one.
      ['SELECT 1; DROP TABLE points_1s', 'invalid'],
      [`SELECT 1) INTO OUTFILE '!' UNION ALL (SELECT 2`, 'invalid'],
      [`SELECT 1); SELECT 1 INTO OUTFILE '!'; SELECT (1`, 'invalid'],
      ['SELECT 1) FORMAT CSV; DROP TABLE points_1s; SELECT (1', 'invalid'],
      [`SELECT 1 INTO OUTFILE '!'`, 'invalid'],
      ['SELECT 1 FORMAT CSV', 'invalid'],
      [`SELECT 1 /* ) INTO OUTFILE '!'`, 'invalid'],
      [`SELECT 1 -- \n) INTO OUTFILE '!' --`, 'invalid'],
      ['SELECT 1 \0', 'invalid'],
      ['DROP TABLE points_1s', 'invalid'],
      ['TRUNCATE TABLE points_1s', 'invalid'],
      ['INSERT INTO points_1s VALUES (1)', 'invalid'],
      ['ALTER TABLE points_1s DELETE WHERE 1', 'invalid'],
      ['CREATE TABLE x (a Int8) ENGINE = Memory', 'invalid'],
      [`ATTACH TABLE x FROM '/etc' (a Int8) ENGINE = File(CSV)`, 'invalid'],
      [`BACKUP TABLE metrics TO File('!')`, 'invalid'],
      ['SET readonly = 0', 'invalid'],
      ['SET ROLE owner', 'invalid'],
      ['USE system', 'invalid'],
      ['KILL QUERY WHERE 1', 'invalid'],
      ['SYSTEM SHUTDOWN', 'invalid'],
      ['GRANT ALL ON *.* TO default', 'invalid'],
      ['EXECUTE AS default SELECT 1', 'invalid'],
      ['EXPLAIN SELECT 1', 'refused'],
      ['SELECT * FROM (EXPLAIN SELECT 1)', 'refused'],
      ['SHOW TABLES', 'invalid'],
    ]
    for (const [attack, kind] of attacks) {
      test(`to ${JSON.stringify(attack)}`, async () => {
        const error = await failure(attack.replaceAll('?', secretFile).replaceAll('!', writtenFile))
        assert.equal(error.kind, kind, error.message)
        assert.doesNotMatch(error.message, /\n/)
        assert.ok(!error.message.includes(secret), error.message)
        assert.ok(!error.message.includes(store.dataDir), error.message)
        assert.equal(existsSync(writtenFile), false)
      })
    }

    test('and still has all its points and limits after all that', async () => {
      assert.deepEqual(await rows('SELECT count() FROM metrics'), [[60]])
      assert.equal((await failure('SELECT * FROM numbers(100001)')).kind, 'too-large')
    })
  })

  describe('says in one sentence', () => {
    const faults: readonly (readonly [string, string])[] = [
      ['', 'Cannot read the query: it is empty; write one SELECT'],
      [`SELECT 'a`, 'Cannot read the query: a single quote is not closed; write one SELECT'],
      ['SELECT (1', 'Cannot read the query: a bracket is not closed; write one SELECT'],
      [
        'SELECT 1; SELECT 2',
        'Cannot read the query: it holds more than one statement; write one SELECT',
      ],
      ['SELECT\n1 +', 'Cannot run the query: syntax error at line 3, column 1: it ends too early'],
      ['SELECT 1\nWHERE ,', 'Cannot run the query: syntax error at line 2, column 7, near ,'],
      [
        'SELECT nope FROM metrics',
        'Cannot run the query: Unknown expression identifier `nope` (UNKNOWN_IDENTIFIER)',
      ],
      [
        'SELECT * FROM nope',
        `Cannot run the query: Unknown table expression identifier 'nope' (UNKNOWN_TABLE)`,
      ],
      [
        'SELECT * FROM points_1s',
        'Cannot run the query: SELECT ON vigie.points_1s is not given to questions; they may read the views metrics, distributions, events, service_checks, containers and container_totals',
      ],
      [
        'SELECT * FROM numbers(100001)',
        'Cannot run the query: its answer has more than 100000 rows or 16 MiB; add a LIMIT or aggregate',
      ],
      [
        'SELECT groupArray(number) FROM numbers(100000000)',
        'Cannot run the query: it needs more memory than it may have; ask for less: name a metric and a shorter time, or aggregate',
      ],
    ]
    for (const [query, message] of faults) {
      test(`what is wrong with ${JSON.stringify(query)}`, async () => {
        assert.equal((await failure(query)).message, message)
      })
    }

    test('that a query is too long', async () => {
      assert.match(
        (await failure(`SELECT 1 -- ${'x'.repeat(65_536)}`)).message,
        /more than 65536 bytes/,
      )
    })
  })

  test('reads of the points only what a question names', async () => {
    const answer = await store.people.query({
      query: `EXPLAIN indexes = 1 SELECT count() FROM metrics WHERE metric = 'docker.cpu.usage' AND time > now() - 600`,
      format: 'JSONCompactEachRow',
    })
    const plan = (await answer.json<[string]>()).map(([line]) => line.trim()).join('\n')
    assert.match(plan, /PrimaryKey\n.*Keys:\n.*metric\n.*time/)
    assert.match(plan, /Min-?Max\n.*Keys:\n.*time/i)
  })
})

async function writeSomePoints(store: TemporaryStore): Promise<void> {
  const series = store.series.resolve({
    metric: 'docker.cpu.usage',
    kind: 'gauge',
    host: 'h',
    tags: ['container_name:a'],
    intervalS: 1,
  })
  assert.ok(series)
  const startMs = Math.floor(Date.now() / 1000) * 1000 - 60_000
  await store.write({
    points: {
      series: Array.from({ length: 60 }, () => series),
      timesMs: Float64Array.from({ length: 60 }, (_, second) => startMs + second * 1000),
      values: Float64Array.from({ length: 60 }, (_, second) => second),
    },
  })
}
