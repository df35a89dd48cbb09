import { parseLogQuery } from '../logs/language/parse-log-query.ts'
import { QuestionError } from '../question-error.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import { explainHappeningFailure } from './explain-happening-failure.ts'
import {
  decodeHappeningCursor,
  encodeHappeningCursor,
  type HappeningKey,
} from './happening-cursor.ts'
import { happeningFilterSql } from './happening-filter-sql.ts'
import type { HappeningTime } from './happenings-sql.ts'
import { kindsMeant } from './kinds-meant.ts'
import { nameContainers } from './name-containers.ts'
import { readHappened, type HappenedRequest, type HappeningStore } from './read-happened.ts'
import { momentSql } from './span-sql.ts'
import type { StoredHappening } from './stored-happening.ts'

/** Which happenings are asked for. */
export interface HappeningsRequest extends HappeningTime {
  /** A search as of logs; all when empty. */
  readonly query: string
  readonly limit: number
  /** `next` of the page before. */
  readonly before?: string | undefined
}

/** The newest happenings, the newest first. */
export interface HappeningsResult {
  readonly happenings: readonly StoredHappening[]
  /** `before` of the page that follows; undefined after the last. */
  readonly next: string | undefined
}

/** A happening as the statement gives it. */
interface Row extends Omit<StoredHappening, 'key'> {
  readonly timeMs: number
  readonly hash: string
  readonly line: number
}

/** Making a statement ready takes as long as reading many thousands of rows. */
const firstPieceMs = 3_600_000
const columns = `toFloat64(toUnixTimestamp64Milli(time)) AS timeMs, toString(hash) AS hash, line, kind, action, tone, title, text, host, actor,
  container_id AS containerId, container_name AS containerName, image, exit_code AS exitCode, ran_ms AS ranMs, tags`

/**
 * What happened in a time and is meant by a search, each once.
 * @throws {QuestionError} `invalid` (a `LogQueryError` for the search), `too-large`, `busy` or `failed`.
 */
export async function askHappenings(
  store: HappeningStore,
  request: HappeningsRequest,
): Promise<HappeningsResult> {
  const filter = parseLogQuery(request.query)
  const after = readCursor(request.before)
  const where = (parameters: SqlParameters): string =>
    [happeningFilterSql(filter, parameters), ...afterSql(after, parameters)].join(' AND ')
  return explainHappeningFailure(async () => {
    const rows = await readPieces(store, { ...request, after, where, kinds: kindsMeant(filter) })
    const shown = rows.slice(0, request.limit).map(toHappening)
    const last = rows.length > request.limit ? shown.at(-1) : undefined
    return {
      happenings: await nameContainers(store.read, shown),
      next: last && encodeHappeningCursor(last.key),
    }
  })
}

function readCursor(text: string | undefined): HappeningKey | undefined {
  if (text === undefined) return undefined
  const key = decodeHappeningCursor(text)
  if (key !== undefined) return key
  throw new QuestionError('invalid', 'Cannot go on with the happenings: the cursor is none of ours')
}

function afterSql(after: HappeningKey | undefined, parameters: SqlParameters): readonly string[] {
  if (after === undefined) return []
  const { timeMs, hash, line } = after
  const place = `${parameters.unsigned(BigInt(hash))}, ${parameters.whole(line)}`
  const time = momentSql(timeMs, parameters)
  return [`(time < ${time} OR time = ${time} AND (happened.hash, happened.line) < (${place}))`]
}

interface PiecesRequest extends HappeningsRequest, HappenedRequest {
  readonly after: HappeningKey | undefined
  readonly where: (parameters: SqlParameters) => string
}

/** The newest hour first: where much happened, the rest need not be looked at. One row more than the limit. */
async function readPieces(store: HappeningStore, request: PiecesRequest): Promise<readonly Row[]> {
  const { fromMs, limit, after } = request
  const toMs = after === undefined ? request.toMs : Math.min(request.toMs, after.timeMs)
  if (toMs < fromMs) return []
  const middleMs = toMs - firstPieceMs
  if (middleMs <= fromMs) return readPiece(store, { ...request, fromMs, toMs }, limit + 1)
  const rows = await readPiece(store, { ...request, fromMs: middleMs, toMs }, limit + 1)
  if (rows.length > limit) return rows
  const others = { ...request, fromMs, toMs: middleMs - 1 }
  return [...rows, ...(await readPiece(store, others, limit + 1 - rows.length))]
}

function readPiece(
  store: HappeningStore,
  request: PiecesRequest,
  limit: number,
): Promise<readonly Row[]> {
  return readHappened<Row>(
    store,
    request,
    (happened, parameters) => `
SELECT ${columns}
FROM (${happened}) AS happened
WHERE ${request.where(parameters)}
ORDER BY happened.time DESC, happened.hash DESC, happened.line DESC
LIMIT ${limit}`,
  )
}

function toHappening({ timeMs, hash, line, ...row }: Row): StoredHappening {
  return { key: { timeMs, hash, line }, ...row }
}
