import { QuestionError } from '../question-error.ts'
import { SqlParameters } from '../sql-parameters.ts'
import { fetchLines, type FetchedLines, type LineOrder, type StoredLine } from './fetch-lines.ts'
import { isSameLine, type LineKey } from './line-key.ts'
import { afterSql, rangeSql } from './sql/key-conditions.ts'
import { TimePieces, type TimeRange } from './time-range.ts'
import type { ReadClient } from '../scope/read-client.ts'

export interface LinesRequest {
  /** The condition over `log_lines`. */
  readonly where: (parameters: SqlParameters) => string
  readonly range: TimeRange
  readonly order: LineOrder
  /** Only lines that follow this one. */
  readonly after?: LineKey | undefined
  readonly limit: number
}

/** Lines in the order that was asked for, each once. */
export interface LinesResult {
  readonly lines: readonly StoredLine[]
  readonly hasMore: boolean
}

const giveUpAfterMs = 20_000

/**
 * The first lines of a range that are meant, at least one if there is any. The range is read piece by piece, so that
 * frequent ones are found without looking at all of it.
 * @throws {QuestionError} `too-large` after 20 s; what the engine throws is left to `explaining`.
 */
export async function readLines(client: ReadClient, request: LinesRequest): Promise<LinesResult> {
  const { limit, order } = request
  const lines: StoredLine[] = []
  const startMs = performance.now()
  const pieces = new TimePieces(rangeAfter(request), order)
  let { after } = request
  let range = pieces.next(1)
  while (range !== undefined) {
    checkTime(startMs)
    // One more than wanted tells whether there are more.
    const wanted = limit + 1 - lines.length
    const piece = await readPiece(client, { ...request, range, after, limit: wanted })
    for (const line of piece.lines) {
      if (after === undefined || !isSameLine(after, line.key)) lines.push(line)
      after = line.key
    }
    if (piece.isCut || lines.length > limit) return { lines: lines.slice(0, limit), hasMore: true }
    // Twice as long as needed if lines are as frequent there.
    if (piece.lines.length < wanted) range = pieces.next((2 * limit + 2) / lines.length)
  }
  return { lines, hasMore: false }
}

/** What of the range is still to be read. */
function rangeAfter({ range, order, after }: LinesRequest): TimeRange {
  if (after === undefined) return range
  const { timeNs } = after
  return order === 'desc'
    ? { fromNs: range.fromNs, toNs: range.toNs < timeNs ? range.toNs : timeNs + 1n }
    : { fromNs: range.fromNs > timeNs ? range.fromNs : timeNs, toNs: range.toNs }
}

function readPiece(client: ReadClient, request: LinesRequest): Promise<FetchedLines> {
  const { order, limit, after } = request
  const parameters = new SqlParameters()
  const conditions = [
    rangeSql(request.range, parameters),
    request.where(parameters),
    ...(after === undefined ? [] : [afterSql(after, order, parameters)]),
  ]
  return fetchLines(client, { where: conditions.join(' AND '), parameters, order, limit })
}

function checkTime(startMs: number): void {
  if (performance.now() - startMs < giveUpAfterMs) return
  const hint = 'name a shorter time, or a word that fewer lines have'
  throw new QuestionError('too-large', `Cannot search the logs: it takes more than 20 s; ${hint}`)
}
