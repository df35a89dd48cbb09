import type { EndpointReport, EngineReport, SourceReport } from '../model/agent-report.ts'
import type { Batch } from '../model/item.ts'
import type { Log } from './log.ts'
import { SourceRecord, type SourceHealth } from './source-record.ts'

/** What is known about the running agent, for its report and its log. */
export interface Snapshot {
  readonly sources: readonly SourceReport[]
  readonly engine: EngineReport | undefined
  readonly dropped: Readonly<Record<string, number>>
  /** In memory and on disk, of all endpoints. */
  readonly bufferedBytes: number
  readonly endpoints: readonly EndpointReport[]
}

/** Our own log, counters and health; one method per kind of event. */
export interface Telemetry {
  readonly log: Log
  /** Counts items that will not be delivered, by reason such as `server.buffer_full`. */
  readonly countDropped: (reason: string, count: number) => void
  /** Says how sending to one endpoint goes, asked for at each report, until what is given back is called. */
  readonly watchEndpoint: (describe: () => EndpointReport) => () => void
  readonly setEngine: (report: EngineReport) => void
  /**
   * Merges what is given into what is known of that source. Each time it is told `degraded` counts as a warning, each
   * time `backoff` as an error; its message must fit both.
   */
  readonly setSource: (name: string, change: SourceHealth) => void
  /** A run of that source begins, at the tick `timeMs`: what it emits until the run ends belongs to it. */
  readonly beginRun: (name: string, timeMs: number) => void
  readonly endRun: (name: string) => void
  /** Counts what a source hands on. */
  readonly countEmitted: (name: string, batch: Batch) => void
  readonly snapshot: () => Snapshot
}

/** Starts with nothing counted and no source known. `clock` gives Unix milliseconds. */
export function createTelemetry(log: Log, clock: () => number = Date.now): Telemetry {
  const sources = new Map<string, SourceRecord>()
  const recordOf = (name: string): SourceRecord => {
    let record = sources.get(name)
    if (record === undefined) {
      record = new SourceRecord(name)
      sources.set(name, record)
    }
    return record
  }
  const dropped = new Map<string, number>()
  const endpoints = new Set<() => EndpointReport>()
  let engine: EngineReport | undefined
  return {
    log,
    countDropped(reason, count) {
      dropped.set(reason, (dropped.get(reason) ?? 0) + count)
    },
    watchEndpoint(describe) {
      endpoints.add(describe)
      return () => endpoints.delete(describe)
    },
    setEngine(report) {
      engine = report
    },
    setSource: (name, change) => recordOf(name).setHealth(change, clock()),
    beginRun: (name, timeMs) => recordOf(name).beginRun(timeMs),
    endRun: (name) => recordOf(name).endRun(),
    countEmitted: (name, batch) => recordOf(name).countEmitted(batch),
    snapshot() {
      const reports = Array.from(endpoints, (describe) => describe())
      return {
        sources: Array.from(sources.values(), (record) => record.report()),
        engine,
        dropped: Object.fromEntries(dropped),
        bufferedBytes: reports.reduce((sum, one) => sum + one.memoryBytes + one.diskBytes, 0),
        endpoints: reports,
      }
    },
  }
}
