import type { LogLedger } from '../../model/log-ledger.ts'
import { countStoredLines, type StoredLines } from './count-stored-lines.ts'
import { explaining } from './explain-failure.ts'
import type { LogStore } from './log-store.ts'

/** What became of the lines of one source. */
export interface LedgerAnswer extends LogLedger {
  /** Rows in the store. */
  readonly storedLines: number
  /** Rows beyond the first of each line. */
  readonly duplicatedLines: number
}

interface LedgerRow {
  readonly host: string
  readonly name: string
  readonly container_id: string
  readonly container_name: string
  readonly time_ms: number
  readonly way: string
  readonly written_bytes: number
  readonly read_bytes: number
  readonly read_lines: number
  readonly sent_bytes: number
  readonly sent_lines: number
  readonly dropped_lines: number
  readonly refused_lines: number
  readonly truncated_lines: number
  readonly lost_bytes: number
  readonly rotations: number
  readonly waiting_lines: number
  readonly unanswered_lines: number
}

const countColumns = [
  'written_bytes',
  'read_bytes',
  'read_lines',
  'sent_bytes',
  'sent_lines',
  'dropped_lines',
  'refused_lines',
  'truncated_lines',
  'lost_bytes',
  'rotations',
  'waiting_lines',
  'unanswered_lines',
] as const satisfies readonly (keyof LedgerRow)[]

/**
 * The ledgers of the container whose id starts so, each with what the store has of its lines.
 * @throws {QuestionError} `too-large`, `busy` or `failed`.
 */
export async function askLogLedgers(
  store: LogStore,
  containerId: string,
): Promise<readonly LedgerAnswer[]> {
  return explaining(async () => {
    const ledgers = await readLedgers(store, containerId)
    if (ledgers.length === 0) return []
    const counts = await countStoredLines(store, containerId)
    const origins = await store.origins.find(counts.keys())
    return ledgers.map((ledger) => {
      const own = [...counts].filter(([id]) => {
        const origin = origins.get(id)
        return origin?.host === ledger.host && origin.containerId === ledger.container_id
      })
      return toAnswer(
        ledger,
        own.map(([, count]) => count),
      )
    })
  })
}

async function readLedgers(store: LogStore, containerId: string): Promise<readonly LedgerRow[]> {
  const counts = countColumns.map((name) => `toFloat64(${name}) AS ${name}`)
  const answer = await store.read.query({
    query: `SELECT host, name, container_id, container_name, toFloat64(toUnixTimestamp64Milli(time)) AS time_ms, way,
      ${counts.join(', ')}
      FROM vigie.log_ledgers FINAL WHERE startsWith(container_id, {id:String}) ORDER BY host, name`,
    query_params: { id: containerId },
    format: 'JSONEachRow',
  })
  return answer.json<LedgerRow>()
}

function toAnswer(row: LedgerRow, stored: readonly StoredLines[]): LedgerAnswer {
  return {
    kind: 'log-ledger',
    host: row.host,
    name: row.name,
    containerId: row.container_id,
    containerName: row.container_name,
    timeMs: row.time_ms,
    way: row.way,
    writtenBytes: row.written_bytes,
    readBytes: row.read_bytes,
    readLines: row.read_lines,
    sentBytes: row.sent_bytes,
    sentLines: row.sent_lines,
    droppedLines: row.dropped_lines,
    refusedLines: row.refused_lines,
    truncatedLines: row.truncated_lines,
    lostBytes: row.lost_bytes,
    rotations: row.rotations,
    waitingLines: row.waiting_lines,
    unansweredLines: row.unanswered_lines,
    storedLines: stored.reduce((sum, { lines }) => sum + lines, 0),
    duplicatedLines: stored.reduce((sum, { duplicates }) => sum + duplicates, 0),
  }
}
