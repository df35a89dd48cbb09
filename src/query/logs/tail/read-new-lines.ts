import { SqlParameters } from '../../sql-parameters.ts'
import { fetchLines } from '../fetch-lines.ts'
import { isSameLine } from '../line-key.ts'
import type { LogFilter } from '../language/log-filter.ts'
import { withOrigins, type LogLine, type LogStore } from '../log-store.ts'
import { filterSql } from '../sql/filter-sql.ts'

/** When lines came in, Unix milliseconds of the server: after `afterMs`, up to `upToMs`. */
export interface TakenRange {
  readonly afterMs: number
  readonly upToMs: number
}

/** Lines that came in, in the order of time. */
export interface NewLines {
  /** The newest of them. */
  readonly lines: readonly LogLine[]
  /** Rows beyond, which were left out. */
  readonly skipped: number
}

/** Lines told at once: more than anybody reads in a quarter of a second. */
const maxLines = 500

/** The lines that match and came in meanwhile. Throws what the engine throws. */
export async function readNewLines(
  store: LogStore,
  filter: LogFilter,
  range: TakenRange,
): Promise<NewLines> {
  const parameters = new SqlParameters()
  const where = `${takenSql(range, parameters)} AND ${filterSql(filter, parameters)}`
  const fetched = await fetchLines(store.read, {
    where,
    parameters,
    order: 'desc',
    limit: maxLines,
  })
  const rows = fetched.lines.length
  const isWhole = rows < maxLines && !fetched.isCut
  const skipped = isWhole ? 0 : (await countLines(store, where, parameters)) - rows
  const distinct = fetched.lines.filter(
    (line, index, { [index - 1]: before }) =>
      before === undefined || !isSameLine(before.key, line.key),
  )
  return { lines: await withOrigins(store, distinct.toReversed()), skipped: Math.max(0, skipped) }
}

async function countLines(
  store: LogStore,
  where: string,
  parameters: SqlParameters,
): Promise<number> {
  const answer = await store.read.query({
    query: `SELECT toFloat64(count()) AS lines FROM vigie.log_lines WHERE ${where}`,
    query_params: parameters.values,
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ lines: number }>()
  return row?.lines ?? 0
}

function takenSql({ afterMs, upToMs }: TakenRange, parameters: SqlParameters): string {
  const time = (ms: number): string => `fromUnixTimestamp64Milli(${parameters.whole(ms)}, 'UTC')`
  return `taken > ${time(afterMs)} AND taken <= ${time(upToMs)}`
}
