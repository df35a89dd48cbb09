import type { Agent } from 'node:http'
import { text } from 'node:stream/consumers'
import { createClient, type ClickHouseClient } from '@clickhouse/client'
import { StoreOpenError } from '../store-errors.ts'
import { explainOpenFault } from './explain-open-fault.ts'
import { httpOptions } from './http-transport.ts'
import { quoteName, quoteText } from './quote-sql.ts'
import type { RemoteOptions } from './remote-options.ts'

/** What was found out of a server. */
export interface ServerFacts {
  /** The role for people's questions, where the user has it. */
  readonly peopleRole: string | undefined
}

/** The first version with all that is used; the tests run on it. */
const neededVersion = [26, 7] as const
/** A role that may read the public views and nothing else. */
const peopleRole = 'vigie_people'

/**
 * Sees whether the server can be used, and makes the database where it is not there.
 * @throws {StoreOpenError} With one sentence that says what to do.
 */
export async function prepareServer(options: RemoteOptions, agent: Agent): Promise<ServerFacts> {
  const client = createClient({ ...httpOptions(options, agent), request_timeout: 30_000 })
  try {
    await checkVersion(client, options)
    if (options.cluster !== undefined) await checkCluster(client, options, options.cluster)
    await checkGrants(client, options)
    await makeDatabase(client, options)
    return { peopleRole: await findPeopleRole(client) }
  } catch (error) {
    throw explainOpenFault(error, options)
  }
}

async function checkVersion(client: ClickHouseClient, { url }: RemoteOptions): Promise<void> {
  const [row] = await ask<{ version: string }>(client, 'SELECT version() AS version')
  const [major = 0, minor = 0] = (row?.version ?? '').split('.').map(Number)
  const [neededMajor, neededMinor] = neededVersion
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return
  throw new StoreOpenError(
    'STORE_TOO_OLD',
    `Cannot use the ClickHouse at ${url}: it is version ${row?.version}, ${neededVersion.join('.')} or newer is needed; upgrade it, or set vigie.store.url to embedded`,
  )
}

/** The cluster is there, each host keeps the tables of one shard, and replicas get their rows from one another. */
async function checkCluster(
  client: ClickHouseClient,
  { url }: RemoteOptions,
  cluster: string,
): Promise<void> {
  const clusters = await ask<{ cluster: string; copies: boolean }>(
    client,
    'SELECT cluster, toBool(min(internal_replication)) AS copies FROM system.clusters GROUP BY cluster ORDER BY cluster',
  )
  const found = clusters.find((one) => one.cluster === cluster)
  if (found === undefined) {
    const known = clusters.map((one) => one.cluster).join(', ') || 'none'
    throw unfit(
      `Cannot use the cluster ${cluster} of the ClickHouse at ${url}: it knows ${known}; correct vigie.store.cluster, or add it to remote_servers`,
    )
  }
  if (!found.copies) {
    throw unfit(
      `Cannot use the cluster ${cluster} of the ClickHouse at ${url}: its shards lack internal_replication, so that each row would be written twice; set it to true in remote_servers`,
    )
  }
  const macros = await ask<{ macro: string }>(client, 'SELECT macro FROM system.macros')
  const missing = ['shard', 'replica'].filter((name) => !macros.some(({ macro }) => macro === name))
  if (missing.length > 0) {
    throw unfit(
      `Cannot use the cluster ${cluster} of the ClickHouse at ${url}: the host has no macro ${missing.join(' and ')}; set them on each host, as in deploy/clickhouse`,
    )
  }
}

function unfit(message: string): StoreOpenError {
  return new StoreOpenError('STORE_NOT_READY', message)
}

async function checkGrants(client: ClickHouseClient, options: RemoteOptions): Promise<void> {
  const missing: string[] = []
  for (const grant of neededGrants(options)) {
    if (!(await isGranted(client, grant)))
      missing.push(`GRANT ${grant} TO ${quoteName(options.user)}`)
  }
  if (missing.length === 0) return
  throw new StoreOpenError(
    'STORE_REFUSED',
    `Cannot use the ClickHouse at ${options.url}: the user ${options.user} lacks rights; run there: ${missing.join('; ')}`,
  )
}

/** The statement takes no FORMAT; its answer is 0 or 1. */
async function isGranted(client: ClickHouseClient, grant: string): Promise<boolean> {
  const { stream } = await client.exec({ query: `CHECK GRANT ${grant}` })
  return (await text(stream)).trim() === '1'
}

/** Within the database; `CREATE` and `DROP` alone would be asked for elsewhere too. */
const ownRights = [
  'SHOW',
  'SELECT',
  'INSERT',
  'ALTER',
  'CREATE DATABASE',
  'CREATE TABLE',
  'CREATE VIEW',
  'DROP TABLE',
  'DROP VIEW',
  'TRUNCATE',
  'OPTIMIZE',
]

/** What this user has to be granted, as `GRANT … TO` says it. */
export function neededGrants({ database, cluster }: RemoteOptions): readonly string[] {
  const own = `${quoteName(database)}.*`
  return [
    `${ownRights.join(', ')} ON ${own}`,
    'CREATE TEMPORARY TABLE ON *.*',
    ...(cluster === undefined ? [] : ['CLUSTER ON *.*', 'REMOTE ON *.*']),
  ]
}

async function makeDatabase(
  client: ClickHouseClient,
  { database, cluster }: RemoteOptions,
): Promise<void> {
  const there = await ask(
    client,
    `SELECT name FROM system.databases WHERE name = ${quoteText(database)}`,
  )
  if (there.length > 0 && cluster === undefined) return
  const where = cluster === undefined ? '' : ` ON CLUSTER ${quoteName(cluster)}`
  await client.command({ query: `CREATE DATABASE IF NOT EXISTS ${quoteName(database)}${where}` })
}

async function findPeopleRole(client: ClickHouseClient): Promise<string | undefined> {
  const roles = await ask(
    client,
    `SELECT role_name FROM system.enabled_roles WHERE role_name = ${quoteText(peopleRole)}`,
  )
  return roles.length > 0 ? peopleRole : undefined
}

async function ask<Row>(client: ClickHouseClient, query: string): Promise<readonly Row[]> {
  const answer = await client.query({ query, format: 'JSONEachRow' })
  return answer.json<Row>()
}
