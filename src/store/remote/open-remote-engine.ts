import { randomUUID } from 'node:crypto'
import type { Agent } from 'node:http'
import { Readable } from 'node:stream'
import { createClient, drainStream, type ClickHouseClient } from '@clickhouse/client'
import type { Log } from '../../telemetry/log.ts'
import type { ColumnInsert, StoreEngine } from '../engine.ts'
import { clientKinds, type ClientKind } from './client-settings.ts'
import { clusterDialect } from './cluster-dialect.ts'
import { connectInDialect } from './dialect-connection.ts'
import type { Dialect } from './dialect.ts'
import { httpOptions, openHttpAgent, openTransport } from './http-transport.ts'
import { describeColumns, encodeNativeBlock } from './native-block.ts'
import { prepareServer } from './prepare-server.ts'
import type { RemoteOptions } from './remote-options.ts'
import { serverDialect } from './server-dialect.ts'

/**
 * Reaches a ClickHouse server, or the cluster it belongs to, and sees to it that the database is there. Later faults of the
 * server are those of single statements: nothing is given up because of one.
 * @throws {StoreOpenError} When it cannot be reached, refuses the user, lacks rights, a version or a cluster that is needed.
 */
export async function openRemoteEngine(options: RemoteOptions, log?: Log): Promise<StoreEngine> {
  const agent = openHttpAgent(options)
  try {
    const { peopleRole } = await prepareServer(options, agent)
    warnOf(options, peopleRole, log)
    return assemble(options, agent, peopleRole)
  } catch (error) {
    agent.destroy()
    throw error
  }
}

function assemble(
  options: RemoteOptions,
  agent: Agent,
  peopleRole: string | undefined,
): StoreEngine {
  const { database, cluster, user } = options
  const dialect =
    cluster === undefined ? serverDialect(database) : clusterDialect({ database, cluster, user })
  const open = (kind: ClientKind, own: Pick<Dialect, 'commands' | 'question'>, role?: string) => {
    const { settings, limits, timeoutMs } = kind
    const config = {
      ...httpOptions(options, agent),
      database,
      clickhouse_settings: settings,
      request_timeout: timeoutMs,
      ...(role !== undefined && { role }),
    }
    const inner = openTransport(config)
    return createClient({
      ...config,
      connection: connectInDialect({ inner, dialect: own, limits }),
    })
  }
  const ofPeople = { ...dialect, question: dialect.peopleQuestion }
  const clients = {
    write: open(clientKinds.write, dialect),
    upkeep: open(clientKinds.upkeep, dialect),
    read: open(clientKinds.read, dialect),
    people: open(clientKinds.people, ofPeople, peopleRole),
  }
  return {
    ...clients,
    isShared: true,
    insertColumns: (insert) => insertNative(clients.write, insert, dialect),
    close: async () => {
      await Promise.all(Object.values(clients).map((client) => client.close()))
      agent.destroy()
    },
  }
}

/** One token for each insert, so that a replicated table which has its rows already leaves out those of a second try. */
const insertTokens = new WeakMap<ColumnInsert, string>()

/**
 * Rows as one block of binary columns, streamed: an insert that failed may be sent again, its memory is as it was. The
 * statement goes before them in the body, since names of metrics may make it longer than an address may be.
 * @see ClickHouse docs, "HTTP interface": a statement is the parameter `query`, if any, and then the body
 */
async function insertNative(
  client: ClickHouseClient,
  insert: ColumnInsert,
  { question }: Dialect,
): Promise<void> {
  const token = insertTokens.get(insert) ?? randomUUID()
  insertTokens.set(insert, token)
  const statement = question(`INSERT INTO ${insert.table} (${insert.into.join(', ')})
    SELECT ${insert.select.join(', ')} FROM input('${describeColumns(insert.columns)}') FORMAT Native\n`)
  const { stream } = await client.exec({
    query: '',
    values: Readable.from(bodyOf(statement, insert), { objectMode: false }),
    clickhouse_settings: { insert_deduplication_token: token },
  })
  await drainStream(stream)
}

function* bodyOf(statement: string, { columns }: ColumnInsert): Generator<Uint8Array> {
  yield Buffer.from(statement)
  yield* encodeNativeBlock(columns)
}

function warnOf(
  { url, tls, database }: RemoteOptions,
  peopleRole: string | undefined,
  log: Log | undefined,
): void {
  if (url.startsWith('https:') && !tls.isVerified) {
    log?.warn(
      `the certificate of ${url} is not verified: anybody in between can read and change what is stored`,
    )
  }
  if (peopleRole === undefined) {
    log?.info(
      `questions in SQL may read all that this user may read of ${url}, not only views of ${database}: grant it the role vigie_people to bound them`,
    )
  }
}
