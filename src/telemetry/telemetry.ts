import type { EngineReport, SourceReport } from '../model/agent-report.ts'
import type { Log } from './log.ts'

/** What is known about the running agent, for its report and its log. */
export interface Snapshot {
  readonly sources: readonly SourceReport[]
  readonly engine: EngineReport | undefined
  readonly dropped: Readonly<Record<string, number>>
  readonly bufferedBytes: number
}

/** Our own log, counters and health; one method per kind of event. */
export interface Telemetry {
  readonly log: Log
  /** Counts items that will not be delivered, by reason such as `server.buffer_full`. */
  readonly countDropped: (reason: string, count: number) => void
  readonly setBufferedBytes: (bytes: number) => void
  readonly setEngine: (report: EngineReport) => void
  /** Merges what is given into what is known of that source. */
  readonly setSource: (name: string, change: Partial<Omit<SourceReport, 'name'>>) => void
  readonly snapshot: () => Snapshot
}

/** Starts with nothing counted and no source known. */
export function createTelemetry(log: Log): Telemetry {
  const sources = new Map<string, SourceReport>()
  const dropped = new Map<string, number>()
  let engine: EngineReport | undefined
  let bufferedBytes = 0
  return {
    log,
    countDropped(reason, count) {
      dropped.set(reason, (dropped.get(reason) ?? 0) + count)
    },
    setBufferedBytes(bytes) {
      bufferedBytes = bytes
    },
    setEngine(report) {
      engine = report
    },
    setSource(name, change) {
      const known = sources.get(name) ?? { name, state: 'running', message: '', restarts: 0 }
      sources.set(name, { ...known, ...change })
    },
    snapshot: () => ({
      sources: [...sources.values()],
      engine,
      dropped: Object.fromEntries(dropped),
      bufferedBytes,
    }),
  }
}
