import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Log } from '../../telemetry/log.ts'
import type { StoreEngine } from '../engine.ts'
import { quoteText } from './quote-sql.ts'

export interface MigrationLockOptions {
  readonly log?: Log | undefined
  /** Between two looks at a lock that another server holds, 1 s unless told otherwise. */
  readonly againMs?: number
}

/** Who died with the lock is waited for so long, by the engine's clock. */
const expiresMs = 600_000

interface Lock {
  readonly name: string
  readonly place: number
  readonly owner: string
  readonly ageMs: number
}

/**
 * Runs `change` while no other server changes the tables. The lock is a table: making one is all or nothing, also on a
 * cluster, whose hosts do what they are told in one order. One that is ten minutes old is taken over by making the next.
 */
export async function withMigrationLock<Result>(
  engine: Pick<StoreEngine, 'write' | 'isShared'>,
  change: () => Promise<Result>,
  options: MigrationLockOptions = {},
): Promise<Result> {
  if (!engine.isShared) return change()
  const owner = `${hostname()} ${randomUUID()}`
  const release = await takeLock(engine.write, owner, options)
  try {
    return await change()
  } finally {
    await release()
  }
}

async function takeLock(
  client: ClickHouseClient,
  owner: string,
  { log, againMs = 1000 }: MigrationLockOptions,
): Promise<() => Promise<void>> {
  let toldOf = ''
  for (;;) {
    const locks = await readLocks(client)
    const held = locks.find(({ ageMs }) => ageMs < expiresMs)
    if (held === undefined && (await tryLock(client, owner, locks))) break
    if (held !== undefined && held.name !== toldOf) {
      toldOf = held.name
      log?.info(
        `waiting for ${held.owner.split(' ', 1)[0]}, which changes the tables; its lock is ${Math.round(held.ageMs / 1000)} s old and is taken over at ${expiresMs / 1000} s`,
      )
    }
    await pause(againMs * (0.5 + Math.random()))
  }
  return () => removeLocks(client, owner)
}

/** False when another server was quicker. Of two that took over at once, both step back and try again. */
async function tryLock(
  client: ClickHouseClient,
  owner: string,
  expired: readonly Lock[],
): Promise<boolean> {
  const place = Math.max(0, ...expired.map((lock) => lock.place)) + 1
  const [row] = await ask<{ now: string }>(client, 'SELECT toUnixTimestamp64Milli(now64(3)) AS now')
  const comment = quoteText(JSON.stringify({ owner, sinceMs: Number(row?.now) }))
  try {
    await client.command({
      query: `CREATE TABLE vigie.migration_lock_${place} (nothing UInt8) ENGINE = Memory COMMENT ${comment}`,
    })
  } catch (error) {
    if (hasType(error, 'TABLE_ALREADY_EXISTS')) return false
    throw error
  }
  const locks = await readLocks(client)
  if (locks.every((lock) => lock.owner === owner || lock.ageMs >= expiresMs)) return true
  await removeLocks(client, owner)
  return false
}

/** The own lock, and those that had expired. */
async function removeLocks(client: ClickHouseClient, owner: string): Promise<void> {
  for (const lock of await readLocks(client)) {
    if (lock.owner !== owner && lock.ageMs < expiresMs) continue
    await client.command({ query: `DROP TABLE IF EXISTS vigie.${lock.name}` })
  }
}

async function readLocks(client: ClickHouseClient): Promise<readonly Lock[]> {
  const rows = await ask<{ name: string; comment: string; now: string }>(
    client,
    `SELECT name, comment, toUnixTimestamp64Milli(now64(3)) AS now FROM system.tables
      WHERE database = 'vigie' AND startsWith(name, 'migration_lock_')`,
  )
  return rows.map(({ name, comment, now }) => {
    const { owner, sinceMs } = readComment(comment)
    return { name, place: Number(name.split('_').at(-1)), owner, ageMs: Number(now) - sinceMs }
  })
}

/** Only `tryLock` writes these comments. */
function readComment(comment: string): { readonly owner: string; readonly sinceMs: number } {
  return JSON.parse(comment)
}

function hasType(error: unknown, type: string): boolean {
  return error instanceof Error && 'type' in error && error.type === type
}

async function ask<Row>(client: ClickHouseClient, query: string): Promise<readonly Row[]> {
  const answer = await client.query({ query, format: 'JSONEachRow' })
  return answer.json<Row>()
}
