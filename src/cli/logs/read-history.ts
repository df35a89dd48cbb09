import type { LogList, LogRow } from '../../api/contract/logs.ts'
import type { Settings } from '../../config/settings.ts'
import { askServer } from '../server-client.ts'
import type { LogsOptions } from './logs-options.ts'

/** Where new lines go on after those that were read, as `/api/logs/tail` takes it. */
export interface HistoryEnd {
  readonly tail: string
}

interface HistoryRequest {
  readonly settings: Settings
  readonly options: LogsOptions
  readonly signal: AbortSignal
}

const pageLimit = 1000
/** A question about logs may take 20 s in the store, and wait before that. */
const timeoutMs = 40_000

/**
 * Gives the lines that were asked for to `take`, the oldest first, and tells where new ones go on.
 * @throws {ServerUnreachableError}
 */
export async function readHistory(
  request: HistoryRequest,
  take: (rows: readonly LogRow[]) => void,
): Promise<HistoryEnd> {
  const { lines } = request.options
  return lines === undefined ? readAll(request, take) : readNewest(request, lines, take)
}

async function readAll(
  request: HistoryRequest,
  take: (rows: readonly LogRow[]) => void,
): Promise<HistoryEnd> {
  const first = await readPage(request, { order: 'asc', limit: pageLimit })
  take(first.rows)
  let { next } = first
  while (next !== null && !request.signal.aborted) {
    const page: LogList = await readPage(request, { order: 'asc', limit: pageLimit, cursor: next })
    take(page.rows)
    next = page.next
  }
  return first
}

async function readNewest(
  request: HistoryRequest,
  lines: number,
  take: (rows: readonly LogRow[]) => void,
): Promise<HistoryEnd> {
  const limit = Math.max(1, Math.min(lines, pageLimit))
  const first = await readPage(request, { order: 'desc', limit })
  const rows = [...first.rows]
  let { next } = first
  while (next !== null && rows.length < lines && !request.signal.aborted) {
    const page: LogList = await readPage(request, { order: 'desc', limit, cursor: next })
    rows.push(...page.rows)
    next = page.next
  }
  take(rows.slice(0, lines).toReversed())
  return first
}

function readPage(
  { settings, options }: HistoryRequest,
  page: { readonly order: 'asc' | 'desc'; readonly limit: number; readonly cursor?: string },
): Promise<LogList> {
  const search = new URLSearchParams({
    query: options.query,
    from: String(options.fromMs),
    to: String(options.toMs),
    order: page.order,
    limit: String(page.limit),
    ...(page.cursor !== undefined && { cursor: page.cursor }),
  })
  return askServer<LogList>(settings, `/api/logs?${search.toString()}`, { timeoutMs })
}
