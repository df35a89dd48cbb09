import type { ClickHouseClient } from '@clickhouse/client'

/** What a table has of one span of time, as it lies on the disk. */
export interface Partition {
  readonly table: string
  readonly id: string
  /** Unix milliseconds: all its rows are before. */
  readonly untilMs: number
  readonly bytes: number
}

/** The partitions of all tables, those with the oldest rows first. */
export async function readPartitions(client: ClickHouseClient): Promise<readonly Partition[]> {
  const answer = await client.query({
    query: `SELECT table, partition_id AS id, (toFloat64(toUnixTimestamp(max(max_time))) + 1) * 1000 AS untilMs,
        toFloat64(sum(bytes_on_disk)) AS bytes
      FROM system.parts WHERE database = 'vigie' AND active
      GROUP BY table, partition_id ORDER BY untilMs`,
    format: 'JSONEachRow',
  })
  return answer.json<Partition>()
}
