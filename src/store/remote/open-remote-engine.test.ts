import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  openClickHouseHttp,
  type ClickHouseHttp,
  type ClickHouseHttpOptions,
} from '../../../test/store/clickhouse-http.ts'
import { selfSigned } from '../../../test/store/self-signed.ts'
import { askSql } from '../../query/people-sql.ts'
import { openLog } from '../../telemetry/log.ts'
import type { StoreEngine } from '../engine.ts'
import { migrate, migrations } from '../migrate.ts'
import { StoreOpenError } from '../store-errors.ts'
import { openRemoteEngine } from './open-remote-engine.ts'
import type { RemoteOptions } from './remote-options.ts'

const deployFolder = join(import.meta.dirname, '../../../deploy/clickhouse')

function optionsFor(
  { url, user, password }: Pick<ClickHouseHttp, 'url' | 'user' | 'password'>,
  change: Partial<RemoteOptions> = {},
): RemoteOptions {
  return { url, user, password, database: 'vigie', tls: { isVerified: true }, ...change }
}

describe('openRemoteEngine()', () => {
  let clickhouse: ClickHouseHttp
  let engine: StoreEngine

  before(async () => {
    clickhouse = await openClickHouseHttp()
    engine = await openRemoteEngine(optionsFor(clickhouse))
    await migrate(engine.write)
  })

  after(async () => {
    await engine.close()
    await clickhouse[Symbol.asyncDispose]()
  })

  const read = async (query: string, values: Record<string, unknown> = {}): Promise<unknown> => {
    const answer = await engine.read.query({
      query,
      query_params: values,
      format: 'JSONCompactEachRow',
    })
    return answer.json()
  }

  test('gives the code and the type of a failure', async () => {
    await assert.rejects(read('SELECT throwIf(1)'), {
      code: '395',
      type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO',
    })
  })

  test('hands over parameters of any length as they are', async () => {
    const texts = ["it's", '\\', 'tab\t', 'line\n', '\\N', 'é😀', 'x'.repeat(200_000)]
    assert.deepEqual(await read('SELECT {texts:Array(String)}', { texts }), [[texts]])
  })

  test('does not let our own questions write', async () => {
    await assert.rejects(read('CREATE TABLE vigie.x (a Int8) ENGINE = Memory'), { code: '164' })
  })

  test('ends a question of people at its limits, and lets them set none', async () => {
    const tooMany = askSql(engine, 'SELECT number FROM numbers(200000)')
    await assert.rejects(tooMany, /more than 100000 rows/)
    const query = 'SELECT 1 SETTINGS max_result_rows = 0'
    await assert.rejects(engine.people.query({ query, format: 'JSON' }), { code: '164' })
    await assert.rejects(engine.people.query({ query: 'TRUNCATE TABLE series', format: 'JSON' }), {
      code: '164',
    })
    assert.deepEqual((await askSql(engine, 'SELECT count() AS n FROM vigie.metrics')).rows, [[0]])
  })

  test('lets only so many questions of people wait', async () => {
    const ask = (): Promise<unknown> =>
      engine.people.query({ query: 'SELECT 1', format: 'JSON' }).then((answer) => answer.json())
    const answers = await Promise.allSettled(Array.from({ length: 12 }, ask))
    const refused = answers.filter(({ status }) => status === 'rejected')
    assert.equal(refused.length, 2)
  })

  test('refuses bodies of inserts', async () => {
    await assert.rejects(
      engine.write.insert({ table: 'vigie.series', values: [{}] }),
      /insertColumns/,
    )
  })
})

describe('a ClickHouse that cannot be used', () => {
  const refusal = async (options: RemoteOptions): Promise<StoreOpenError> => {
    try {
      await (await openRemoteEngine(options)).close()
    } catch (error) {
      assert.ok(error instanceof StoreOpenError)
      assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /secret/)
      return error
    }
    return assert.fail('it was opened')
  }
  const refusalOf = async (
    server: ClickHouseHttpOptions,
    change: Partial<RemoteOptions>,
  ): Promise<StoreOpenError> => {
    await using clickhouse = await openClickHouseHttp(server)
    return await refusal(optionsFor(clickhouse, change))
  }
  const absent = { url: 'http://127.0.0.1:1', user: 'vigie', password: 'secret' }

  test('is not there', async () => {
    const { code, message } = await refusal(optionsFor(absent))
    assert.equal(code, 'STORE_UNREACHABLE')
    assert.equal(
      message,
      'Cannot reach the ClickHouse at http://127.0.0.1:1: nothing listens there; start it, or correct vigie.store.url',
    )
  })

  test('is something else', async () => {
    const server = createServer((_request, response) => response.writeHead(404).end('<html>'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    assert.ok(address !== null && typeof address === 'object')
    const url = `http://127.0.0.1:${address.port}`
    const { code, message } = await refusal(optionsFor({ ...absent, url }))
    server.close()
    assert.equal(code, 'STORE_UNREACHABLE')
    assert.match(message, /<html> came back; see whether .* is the HTTP port of a ClickHouse/)
  })

  test('refuses the password', async () => {
    const { code, message } = await refusalOf({}, { password: 'wrong-secret' })
    assert.equal(code, 'STORE_REFUSED')
    assert.match(message, /it refuses the user vigie; correct vigie.store.user and its password$/)
  })

  test('is too old', async () => {
    const { code, message } = await refusalOf({ version: '25.8.3.1' }, {})
    assert.equal(code, 'STORE_TOO_OLD')
    assert.match(message, /it is version 25\.8\.3\.1, 26\.7 or newer is needed/)
  })

  test('gives too few rights', async () => {
    const { code, message } = await refusalOf({ grants: ['SELECT ON vigie.*'] }, {})
    assert.equal(code, 'STORE_REFUSED')
    assert.match(
      message,
      /lacks rights; run there: GRANT SHOW, SELECT, INSERT, ALTER, CREATE DATABASE, CREATE TABLE, CREATE VIEW, DROP TABLE, DROP VIEW, TRUNCATE, OPTIMIZE ON vigie\.\* TO vigie; GRANT CREATE TEMPORARY TABLE ON \*\.\* TO vigie$/,
    )
  })

  test('does not know the cluster', async () => {
    const { code, message } = await refusalOf({ cluster: 'sky' }, { cluster: 'earth' })
    assert.equal(code, 'STORE_NOT_READY')
    assert.match(message, /it knows sky; correct vigie.store.cluster/)
  })
})

describe('a ClickHouse whose user has the roles of deploy/clickhouse', () => {
  let clickhouse: ClickHouseHttp
  let engine: StoreEngine

  before(async () => {
    const users = await readFile(join(deployFolder, 'users/vigie.xml'), 'utf8')
    const roles = /<roles>.*<\/roles>/s.exec(users)?.[0] ?? ''
    clickhouse = await openClickHouseHttp({
      // The one that statements run as there, so that the views are its own.
      users: { default: 'secret' },
      cluster: 'vigie',
      roles,
      grants: ['vigie_owner', 'vigie_people'],
    })
    engine = await openRemoteEngine(optionsFor(clickhouse, { cluster: 'vigie' }))
    await migrate(engine.write)
  })

  after(async () => {
    await engine.close()
    await clickhouse[Symbol.asyncDispose]()
  })

  for (const { statements } of migrations) {
    for (const statement of statements) {
      const view = /^\s*CREATE OR REPLACE VIEW vigie\.(\w+)/.exec(statement)?.[1]
      if (view === undefined) continue
      test(`lets people read ${view}`, async () => {
        assert.deepEqual((await askSql(engine, `SELECT count() FROM ${view}`)).rows, [[0]])
      })
    }
  }

  test('lets people read nothing else', async () => {
    for (const table of ['points_1s', 'series', 'log_lines_local', 'schema_migrations']) {
      await assert.rejects(askSql(engine, `SELECT * FROM ${table}`), /is not given to questions/)
    }
  })
})

describe('a ClickHouse behind TLS', () => {
  let clickhouse: ClickHouseHttp
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-tls-'))
    clickhouse = await openClickHouseHttp({ tls: selfSigned })
  })

  after(async () => {
    await clickhouse[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  test('is refused while its certificate is signed by nobody that is known', async () => {
    await assert.rejects(openRemoteEngine(optionsFor(clickhouse)), {
      code: 'STORE_UNREACHABLE',
      message: /its certificate is signed by nobody that is known here; set vigie.store.ca_cert$/,
    })
  })

  test('is used once its certificate is named', async () => {
    const caFile = join(folder, 'ca.pem')
    await writeFile(caFile, selfSigned.cert)
    const tls = { caFile, isVerified: true }
    await (await openRemoteEngine(optionsFor(clickhouse, { tls }))).close()
  })

  test('is used unverified with a warning', async (context) => {
    const log = openLog('silent', 'test')
    const warn = context.mock.method(log, 'warn')
    await (
      await openRemoteEngine(optionsFor(clickhouse, { tls: { isVerified: false } }), log)
    ).close()
    assert.match(String(warn.mock.calls[0]?.arguments[0]), /is not verified/)
  })

  test('is not looked for when the file with the certificate cannot be read', async () => {
    const tls = { caFile: join(folder, 'absent.pem'), isVerified: true }
    await assert.rejects(openRemoteEngine(optionsFor(clickhouse, { tls })), {
      message: /the file .*absent\.pem cannot be read/,
    })
  })
})
