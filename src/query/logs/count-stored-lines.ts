import { SqlParameters } from '../sql-parameters.ts'
import type { LogStore } from './log-store.ts'
import { rangeSql } from './sql/key-conditions.ts'
import { toNanos, type TimeRange } from './time-range.ts'

/** Rows of one origin. */
export interface StoredLines {
  readonly lines: number
  /** Rows beyond the first of each line; a line that comes from no file is never taken for another. */
  readonly duplicates: number
}

/** Rows looked at in one statement: what tells them apart is in memory meanwhile. */
const maxRows = 2_000_000
const containerSql =
  'origin IN (SELECT id FROM vigie.log_origins WHERE startsWith(container_id, {id:String}))'
const always: TimeRange = { fromNs: 0n, toNs: 2n ** 63n - 1n }

/**
 * How many rows the store has of the container whose id starts so, by the id of their origin. Rows of one line have one
 * time, so that hours can be looked at one after the other. Throws what the engine throws.
 */
export async function countStoredLines(
  store: LogStore,
  containerId: string,
): Promise<ReadonlyMap<bigint, StoredLines>> {
  const counts = new Map<bigint, StoredLines>()
  for (const range of toRanges(await countHours(store, containerId))) {
    for (const { origin, lines, duplicates } of await countRange(store, containerId, range)) {
      const id = BigInt(origin)
      const before = counts.get(id) ?? { lines: 0, duplicates: 0 }
      counts.set(id, {
        lines: before.lines + lines,
        duplicates: before.duplicates + duplicates,
      })
    }
  }
  return counts
}

interface HourRow {
  /** Its start, Unix milliseconds. */
  readonly hour_ms: number
  readonly lines: number
}

async function countHours(store: LogStore, containerId: string): Promise<readonly HourRow[]> {
  const answer = await store.read.query({
    query: `SELECT toFloat64(toUnixTimestamp(toStartOfHour(minute))) * 1000 AS hour_ms, toFloat64(sum(lines)) AS lines
      FROM vigie.log_counts WHERE ${containerSql} GROUP BY hour_ms ORDER BY hour_ms`,
    query_params: { id: containerId },
    format: 'JSONEachRow',
  })
  return answer.json<HourRow>()
}

/** Hours put together as far as they may be looked at together; all of time is in one of the ranges. */
function toRanges(hours: readonly HourRow[]): readonly TimeRange[] {
  const ranges: TimeRange[] = []
  let { fromNs } = always
  let rows = 0
  for (const { hour_ms: hour, lines } of hours) {
    if (rows > 0 && rows + lines > maxRows) {
      const toNs = toNanos(hour)
      ranges.push({ fromNs, toNs })
      fromNs = toNs
      rows = 0
    }
    rows += lines
  }
  return [...ranges, { fromNs, toNs: always.toNs }]
}

interface CountRow extends StoredLines {
  readonly origin: string
}

async function countRange(
  store: LogStore,
  containerId: string,
  range: TimeRange,
): Promise<readonly CountRow[]> {
  const parameters = new SqlParameters()
  const answer = await store.read.query({
    query: `SELECT origin, toFloat64(count()) AS lines,
        toFloat64(countIf(file != 0) - uniqExactIf(cityHash64(time, file, position), file != 0)) AS duplicates
      FROM vigie.log_lines WHERE ${rangeSql(range, parameters)} AND ${containerSql} GROUP BY origin`,
    query_params: { ...parameters.values, id: containerId },
    format: 'JSONEachRow',
  })
  return answer.json<CountRow>()
}
