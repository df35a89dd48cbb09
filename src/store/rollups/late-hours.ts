import type { ClickHouseClient } from '@clickhouse/client'
import { passMs } from './late-marks.ts'

/** An hour in which points came late, and the marks that say for which series. */
export interface LateHour {
  /** Unix milliseconds. */
  readonly startMs: number
  /** Partitions of `rollup_marks`. */
  readonly marks: readonly string[]
}

export interface LateHours {
  /** Those to be rolled up again now. */
  readonly due: readonly LateHour[]
  /** Starts of all that have marks, those that are to wait as well. */
  readonly startsMs: readonly number[]
}

/** Points whose marks were written at the end of a pass have arrived by then, on other servers too. */
const graceMs = 30_000
/** Where points come late without end, the hour is rolled up again once in this time. */
const longestWaitMs = 300_000

interface MarksRow {
  readonly startMs: number
  readonly partition: string
  readonly pass: number
}

/**
 * Hours with marks. One is due when no more points come into it, or when they have come for five minutes on end: what is
 * loaded at full speed is not rolled up again and again. With `beforePass`, all marks of earlier passes are due.
 */
export async function readLateHours(
  client: Pick<ClickHouseClient, 'query'>,
  nowMs: number,
  beforePass?: number,
): Promise<LateHours> {
  const hours = Map.groupBy(await readMarks(client), ({ startMs }) => startMs)
  const endPass = beforePass ?? nowMs - passMs - graceMs + 1
  const due: LateHour[] = []
  for (const [startMs, rows] of hours) {
    const over = rows.filter(({ pass }) => pass < endPass)
    const waitsMs = nowMs - Math.min(...rows.map(({ pass }) => pass))
    const isQuiet = over.length === rows.length || beforePass !== undefined
    if (over.length > 0 && (isQuiet || waitsMs >= longestWaitMs)) {
      due.push({ startMs, marks: over.map(({ partition }) => partition) })
    }
  }
  return { due, startsMs: [...hours.keys()] }
}

async function readMarks(client: Pick<ClickHouseClient, 'query'>): Promise<readonly MarksRow[]> {
  const answer = await client.query({
    query: `SELECT toFloat64(toUnixTimestamp(hour)) * 1000 AS startMs, _partition_id AS partition, toFloat64(pass) AS pass
      FROM vigie.rollup_marks GROUP BY hour, pass, _partition_id ORDER BY hour, pass`,
    format: 'JSONEachRow',
  })
  return answer.json<MarksRow>()
}
