import type { KeyGate } from '../http/gate.ts'
import type { ReadBody } from '../http/read-body.ts'
import type { LiveTable } from '../store/live-table.ts'
import type { SeriesRegistry } from '../store/series-registry.ts'
import type { StoreWriter } from '../store/store.ts'
import type { IntakeCounts } from './counts.ts'

/** What every intake route works with. */
export interface Intake {
  /** Which API keys agents may show. */
  readonly keys: KeyGate
  readonly store: StoreWriter
  readonly registry: SeriesRegistry
  readonly live: LiveTable
  readonly counts: IntakeCounts
  readonly readBody: ReadBody
  /** Unix milliseconds. */
  readonly clock: () => number
  /** How long points are kept: older ones are not taken. */
  readonly retentionMs: number
  /** How long sketches are kept: older ones are not taken. */
  readonly sketchesRetentionMs: number
  /** How long totals of containers are kept, from the end of the run. */
  readonly totalsRetentionMs: number
  /** How long log lines are kept: older ones are not taken. */
  readonly logsRetentionMs: number
}

/** A sender's clock may be this far ahead. */
export const futureMs = 600_000

/** Whether a time can be stored: not older than what is kept, and at most ten minutes ahead. */
export function judgeTime(
  timeMs: number,
  { retentionMs }: Pick<Intake, 'retentionMs'>,
  nowMs: number,
): 'good' | 'old' | 'future' {
  if (timeMs > nowMs + futureMs) return 'future'
  return timeMs >= nowMs - retentionMs ? 'good' : 'old'
}
