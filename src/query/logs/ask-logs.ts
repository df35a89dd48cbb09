import { QuestionError } from '../question-error.ts'
import { explaining } from './explain-failure.ts'
import { parseLogQuery } from './language/parse-log-query.ts'
import { decodeListCursor, encodeListCursor, type ListCursor } from './list-cursor.ts'
import { withOrigins, type LogLine, type LogRange, type LogStore } from './log-store.ts'
import type { LineOrder } from './fetch-lines.ts'
import { readLines } from './read-lines.ts'
import { filterSql } from './sql/filter-sql.ts'
import type { LogNews } from './tail/log-news.ts'
import { toTimeRange } from './time-range.ts'

export interface LogsRequest extends LogRange {
  readonly order: LineOrder
  readonly limit: number
  /** `next` of the page before, whose range is kept. */
  readonly cursor?: string | undefined
}

/** One page of lines. */
export interface LogsResult {
  /** The range that was looked at. */
  readonly fromMs: number
  readonly toMs: number
  readonly lines: readonly LogLine[]
  /** `cursor` of the page that follows; undefined after the last. */
  readonly next: string | undefined
  /** All lines that came in up to then were looked at, Unix milliseconds of the server. */
  readonly takenMs: number
}

type Start = Omit<ListCursor, 'after'> & Partial<Pick<ListCursor, 'after'>>

/**
 * Lines that match, in the order of time, each once.
 * @throws {QuestionError} `invalid` (a `LogQueryError` for the query), `too-large`, `busy` or `failed`.
 */
export async function askLogs(
  store: LogStore,
  news: Pick<LogNews, 'takenMs'>,
  request: LogsRequest,
): Promise<LogsResult> {
  const { query, order, limit } = request
  const filter = parseLogQuery(query)
  const { fromMs, toMs, after } = startOf(request)
  const takenMs = news.takenMs()
  return explaining(async () => {
    const { lines, hasMore } = await readLines(store.read, {
      where: (parameters) => filterSql(filter, parameters),
      range: toTimeRange(fromMs, toMs),
      order,
      after,
      limit,
    })
    const last = lines.at(-1)?.key
    return {
      fromMs,
      toMs,
      lines: await withOrigins(store, lines),
      next: hasMore && last ? encodeListCursor({ after: last, fromMs, toMs }) : undefined,
      takenMs,
    }
  })
}

function startOf({ cursor: text, fromMs, toMs }: LogsRequest): Start {
  if (text === undefined) return { fromMs, toMs }
  const cursor = decodeListCursor(text)
  if (cursor !== undefined) return cursor
  throw new QuestionError('invalid', 'Cannot go on with the logs: the cursor is none of ours')
}
