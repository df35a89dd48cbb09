import { logLevels, type LogLevel } from '../../model/log-level.ts'
import { SqlParameters } from '../sql-parameters.ts'
import { chooseStep } from './choose-step.ts'
import { explaining } from './explain-failure.ts'
import type { LogFilter } from './language/log-filter.ts'
import { parseLogQuery } from './language/parse-log-query.ts'
import type { LogRange, LogStore } from './log-store.ts'
import { filterSql, isCounted } from './sql/filter-sql.ts'
import { rangeSql } from './sql/key-conditions.ts'
import { toNanos, toTimeRange } from './time-range.ts'

export interface HistogramRequest extends LogRange {
  /** Steps at most. */
  readonly steps: number
}

/** How many lines match in each step. */
export interface HistogramResult {
  readonly stepMs: number
  /** Start of each step, Unix milliseconds; the first may begin before the range. */
  readonly timesMs: readonly number[]
  /** For each level that occurs, the least first, a count for each step. */
  readonly levels: readonly { readonly level: LogLevel; readonly counts: readonly number[] }[]
  readonly total: number
}

/** Unix milliseconds, and milliseconds of a step. */
interface Scale {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

const minuteMs = 60_000

interface CountRow {
  /** Of a step, its start divided by its length. */
  readonly step: number
  readonly level: LogLevel
  readonly lines: number
}

/**
 * Counts lines that match, in steps of a round length; only those within the range. A line that is stored twice counts twice.
 * @throws {QuestionError} `invalid` (a `LogQueryError` for the query), `too-large`, `busy` or `failed`.
 */
export async function askLogHistogram(
  store: LogStore,
  request: HistogramRequest,
): Promise<HistogramResult> {
  const filter = parseLogQuery(request.query)
  const { fromMs, toMs, steps } = request
  const scale = { fromMs, toMs, stepMs: chooseStep(fromMs, toMs, steps) }
  const parameters = new SqlParameters()
  const query = countSql(filter, scale, parameters)
  return explaining(async () => {
    const answer = await store.read.query({
      query,
      query_params: parameters.values,
      format: 'JSONEachRow',
    })
    return gather(await answer.json<CountRow>(), scale)
  })
}

/** Whole minutes are counted already, by level and origin; what is left is counted line by line. */
function countSql(filter: LogFilter, scale: Scale, parameters: SqlParameters): string {
  const { fromMs, toMs, stepMs } = scale
  const where = filterSql(filter, parameters)
  const firstMs = Math.ceil(fromMs / minuteMs) * minuteMs
  const endMs = Math.floor(toMs / minuteMs) * minuteMs
  if (!isCounted(filter) || stepMs % minuteMs !== 0 || firstMs >= endMs) {
    const range = rangeSql(toTimeRange(fromMs, toMs), parameters)
    return `SELECT step, level, toFloat64(lines) AS lines FROM (${linesSql(`${range} AND ${where}`, stepMs)})`
  }
  const counted = `minute >= toDateTime(${parameters.whole(firstMs / 1000)}, 'UTC') AND minute < toDateTime(${parameters.whole(endMs / 1000)}, 'UTC')`
  const before = rangeSql({ fromNs: toNanos(fromMs), toNs: toNanos(firstMs) }, parameters)
  const after = rangeSql({ ...toTimeRange(endMs, toMs) }, parameters)
  return `
SELECT step, level, toFloat64(sum(lines)) AS lines
FROM (
  SELECT ${stepSql('toInt64(toUnixTimestamp(minute))', stepMs / 1000)}, level, sum(lines) AS lines
  FROM vigie.log_counts WHERE ${counted} AND ${where} GROUP BY step, level
  UNION ALL
  ${linesSql(`(${before} OR ${after}) AND ${where}`, stepMs)}
)
GROUP BY step, level`
}

function linesSql(where: string, stepMs: number): string {
  return `SELECT ${stepSql('toUnixTimestamp64Nano(time)', stepMs * 1_000_000)}, level, count() AS lines
  FROM vigie.log_lines WHERE ${where} GROUP BY step, level`
}

/** The number of the step that a time is in, both in the same unit. */
function stepSql(time: string, step: number): string {
  return `toFloat64(intDiv(${time}, ${step})) AS step`
}

function gather(rows: readonly CountRow[], { fromMs, toMs, stepMs }: Scale): HistogramResult {
  const first = Math.floor(fromMs / stepMs)
  const count = Math.floor(toMs / stepMs) - first + 1
  const countsOf = new Map<LogLevel, number[]>()
  let total = 0
  for (const { step, level, lines } of rows) {
    const counts = countsOf.get(level) ?? Array.from({ length: count }, () => 0)
    counts[step - first] = lines
    countsOf.set(level, counts)
    total += lines
  }
  return {
    stepMs,
    timesMs: Array.from({ length: count }, (_, index) => (first + index) * stepMs),
    levels: logLevels.flatMap((level) => {
      const counts = countsOf.get(level)
      return counts === undefined ? [] : [{ level, counts }]
    }),
    total,
  }
}
