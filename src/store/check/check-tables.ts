import type { ClickHouseClient } from '@clickhouse/client'

/** What one table holds and whether all of it can be read. */
export interface TableCheck {
  readonly table: string
  readonly rows: number
  readonly bytesOnDisk: number
  readonly parts: number
  /** Pieces whose bytes are not those that were written. */
  readonly broken: readonly { readonly part: string; readonly reason: string }[]
  /** Pieces that were set aside since they could not be read; their rows are missing. */
  readonly setAside: readonly string[]
}

/**
 * Reads every piece of every table and compares it with its checksums, a table at a time, in the order of their names.
 * Takes as long as reading all of it from the disk.
 */
export async function* checkTables(client: ClickHouseClient): AsyncGenerator<TableCheck, void> {
  for (const { table, rows, bytesOnDisk, parts } of await listTables(client)) {
    yield {
      table,
      rows,
      bytesOnDisk,
      parts,
      broken: await findBroken(client, table),
      setAside: await listSetAside(client, table),
    }
  }
}

type TableSize = Pick<TableCheck, 'table' | 'rows' | 'bytesOnDisk' | 'parts'>

async function listTables(client: ClickHouseClient): Promise<readonly TableSize[]> {
  const answer = await client.query({
    query: `SELECT t.name AS table, toFloat64(sum(p.rows)) AS rows,
        toFloat64(sum(p.bytes_on_disk)) AS bytesOnDisk, toUInt32(countIf(p.name != '')) AS parts
      FROM system.tables AS t
      LEFT JOIN (SELECT * FROM system.parts WHERE active) AS p ON p.database = t.database AND p.table = t.name
      WHERE t.database = 'vigie' AND endsWith(t.engine, 'MergeTree')
      GROUP BY table ORDER BY table`,
    format: 'JSONEachRow',
  })
  return answer.json<TableSize>()
}

async function findBroken(client: ClickHouseClient, table: string): Promise<TableCheck['broken']> {
  const answer = await client.query({
    query: `CHECK TABLE vigie.${table} SETTINGS check_query_single_value_result = 0`,
    format: 'JSONEachRow',
  })
  const parts = await answer.json<{ part_path: string; is_passed: boolean; message: string }>()
  return parts
    .filter(({ is_passed: isPassed }) => !isPassed)
    .map(({ part_path: part, message: reason }) => ({ part, reason }))
}

async function listSetAside(client: ClickHouseClient, table: string): Promise<readonly string[]> {
  const answer = await client.query({
    query: `SELECT name FROM system.detached_parts
      WHERE database = 'vigie' AND table = {table:String} AND startsWith(reason, 'broken')`,
    query_params: { table },
    format: 'JSONEachRow',
  })
  const parts = await answer.json<{ name: string }>()
  return parts.map(({ name }) => name)
}
