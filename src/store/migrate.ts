import type { ClickHouseClient } from '@clickhouse/client'
import { firstTables } from './migrations/001-first-tables.ts'
import { containerRuns } from './migrations/002-container-runs.ts'
import { sketches } from './migrations/003-sketches.ts'
import { logs } from './migrations/004-logs.ts'
import { rollups } from './migrations/005-rollups.ts'
import type { Migration } from './migrations/migration.ts'
import { tableTtls, type Retention } from './retention.ts'
import { StoreOpenError } from './store-errors.ts'

/** All steps, oldest first; a step that was ever shipped is never changed. */
export const migrations: readonly Migration[] = [
  firstTables,
  containerRuns,
  sketches,
  logs,
  rollups,
]

/**
 * Brings the schema to the newest version this program knows and returns that version.
 * @throws {StoreOpenError} `STORE_TOO_NEW` when a newer program has been here.
 */
export async function migrate(
  client: ClickHouseClient,
  steps: readonly Migration[] = migrations,
): Promise<number> {
  await client.command({ query: 'CREATE DATABASE IF NOT EXISTS vigie' })
  await client.command({
    query: `CREATE TABLE IF NOT EXISTS vigie.schema_migrations
      (version UInt32, name String, applied DateTime('UTC'))
      ENGINE = ReplacingMergeTree ORDER BY version`,
  })
  const known = steps.at(-1)?.version ?? 0
  const applied = await appliedVersion(client)
  if (applied > known) {
    throw new StoreOpenError(
      'STORE_TOO_NEW',
      `Cannot open the store: its schema is version ${applied}, this program knows up to ${known}; start the newer program that wrote it, or give another data folder`,
    )
  }
  for (const step of steps.filter(({ version }) => version > applied)) await apply(client, step)
  return known
}

/** Sets the time-to-live of each table, or takes it away, where it differs from what the table has. */
export async function applyRetention(
  client: ClickHouseClient,
  retention: Retention,
): Promise<void> {
  const answer = await client.query({
    query: `SELECT name, engine_full FROM system.tables WHERE database = 'vigie'`,
    format: 'JSONEachRow',
  })
  const tables = await answer.json<{ name: string; engine_full: string }>()
  const engineOf = new Map(tables.map(({ name, engine_full }) => [name, engine_full]))
  for (const { table, expression } of tableTtls(retention)) {
    const engine = engineOf.get(table)
    if (expression === undefined) {
      if (engine?.includes(' TTL ')) {
        await client.command({ query: `ALTER TABLE vigie.${table} REMOVE TTL` })
      }
    } else if (!engine?.includes(`TTL ${expression}`)) {
      await client.command({ query: `ALTER TABLE vigie.${table} MODIFY TTL ${expression}` })
    }
  }
}

async function appliedVersion(client: ClickHouseClient): Promise<number> {
  const answer = await client.query({
    query: 'SELECT max(version) AS version FROM vigie.schema_migrations',
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ version: number }>()
  return row?.version ?? 0
}

async function apply(client: ClickHouseClient, step: Migration): Promise<void> {
  for (const query of step.statements) await client.command({ query })
  await client.command({
    query: 'INSERT INTO vigie.schema_migrations SELECT {version:UInt32}, {name:String}, now()',
    query_params: { version: step.version, name: step.name },
  })
}
