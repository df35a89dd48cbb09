import type { LogOrigin } from '../../model/log-block.ts'
import { QuestionError } from '../question-error.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import { explaining } from './explain-failure.ts'
import { decodeLineKey, type LineKey } from './line-key.ts'
import { withOrigins, type LogLine, type LogStore } from './log-store.ts'
import { readLines, type LinesRequest, type LinesResult } from './read-lines.ts'
import { keySql } from './sql/key-conditions.ts'

/** A line, and how many of its neighbours are asked for. */
export interface ContextRequest {
  readonly id: string
  readonly before: number
  readonly after: number
}

/** A line among those that the same container, or the same source, printed around it, in the order of time. */
export interface ContextResult {
  readonly lines: readonly LogLine[]
  readonly hasBefore: boolean
  readonly hasAfter: boolean
}

/** How far around the line others are looked for: longer than lines are kept. */
const reachNs = 400n * 86_400_000_000_000n

/**
 * What was printed around a line, over the rotations of its file; undefined when the line is not there, or no more.
 * @throws {QuestionError} `invalid` when the id is none, `too-large`, `busy` or `failed`.
 */
export async function askLogContext(
  store: LogStore,
  request: ContextRequest,
): Promise<ContextResult | undefined> {
  const key = decodeLineKey(request.id)
  if (key === undefined) {
    throw new QuestionError('invalid', 'Cannot show the line: its id is none of ours')
  }
  return explaining(async () => {
    const line = await findLine(store, key)
    if (line === undefined) return undefined
    const before = await readNeighbours(store, line, { order: 'desc', limit: request.before })
    const after = await readNeighbours(store, line, { order: 'asc', limit: request.after })
    return {
      lines: [
        ...(await withOrigins(store, before.lines.toReversed())),
        line,
        ...(await withOrigins(store, after.lines)),
      ],
      hasBefore: before.hasMore,
      hasAfter: after.hasMore,
    }
  })
}

async function findLine(store: LogStore, key: LineKey): Promise<LogLine | undefined> {
  const { lines } = await readLines(store.read, {
    where: (parameters) => keySql(key, parameters),
    range: { fromNs: key.timeNs, toNs: key.timeNs + 1n },
    order: 'asc',
    limit: 1,
  })
  const [line] = await withOrigins(store, lines)
  return line
}

function readNeighbours(
  store: LogStore,
  { key, origin }: LogLine,
  { order, limit }: Pick<LinesRequest, 'order' | 'limit'>,
): Promise<LinesResult> {
  return readLines(store.read, {
    where: (parameters) => sourceSql(key, origin, parameters),
    range: { fromNs: key.timeNs - reachNs, toNs: key.timeNs + reachNs },
    order,
    after: key,
    limit,
  })
}

/** The same container whatever is said of it, else the same origin. */
function sourceSql(key: LineKey, { containerId }: LogOrigin, parameters: SqlParameters): string {
  if (containerId === '') return `origin = ${parameters.unsigned(key.origin)}`
  return `origin IN (SELECT id FROM vigie.log_origins WHERE container_id = ${parameters.text(containerId)})`
}
