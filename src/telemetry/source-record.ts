import type { ItemCounts, SourceReport, SourceWork } from '../model/agent-report.ts'
import type { Batch } from '../model/item.ts'
import { ProblemLog } from './problem-log.ts'
import { toSafeMessage } from './safe-message.ts'

/** How a source does; what is absent stays as it was. */
export type SourceHealth = Partial<
  Pick<SourceReport, 'state' | 'message' | 'restarts'> & Pick<SourceWork, 'notes'>
>

type Counts = { -readonly [Name in keyof ItemCounts]: number }

/** All that is known of one source, counted in place: its runs come each second, with thousands of points. */
export class SourceRecord {
  readonly #name: string
  #state: SourceReport['state'] = 'running'
  #message = ''
  /** As it was told, to see at once that it is still the same. */
  #toldMessage = ''
  #restarts = 0
  #notes: readonly string[] = []
  #runs = 0
  #finishedRuns = 0
  #lastRunAtMs: number | undefined
  /** By the monotonic clock; absent between two runs. */
  #runBeganAt: number | undefined
  #lastRunMs = 0
  #allRunsMs = 0
  #thisRun = noItems()
  #lastRun = noItems()
  readonly #total = noItems()
  readonly #warnings = new ProblemLog()
  readonly #errors = new ProblemLog()

  constructor(name: string) {
    this.#name = name
  }

  /** A state that is not well is a warning or an error each time it is told. */
  setHealth({ state, message, restarts, notes }: SourceHealth, nowMs: number): void {
    if (state !== undefined) this.#state = state
    if (restarts !== undefined) this.#restarts = restarts
    if (notes !== undefined) this.#notes = notes
    if (message !== undefined && message !== this.#toldMessage) {
      this.#toldMessage = message
      this.#message = toSafeMessage(message)
    }
    if (state === 'degraded') this.#warnings.add(this.#toldMessage, nowMs)
    if (state === 'backoff') this.#errors.add(this.#toldMessage, nowMs)
  }

  beginRun(timeMs: number): void {
    this.#runs += 1
    this.#lastRunAtMs = timeMs
    this.#runBeganAt = performance.now()
    clear(this.#thisRun)
  }

  endRun(): void {
    if (this.#runBeganAt === undefined) return
    this.#lastRunMs = performance.now() - this.#runBeganAt
    this.#runBeganAt = undefined
    this.#finishedRuns += 1
    this.#allRunsMs += this.#lastRunMs
    const finished = this.#thisRun
    this.#thisRun = this.#lastRun
    this.#lastRun = finished
  }

  countEmitted(batch: Batch): void {
    count(batch, this.#total)
    if (this.#runBeganAt !== undefined) count(batch, this.#thisRun)
  }

  report(): SourceReport {
    return {
      name: this.#name,
      state: this.#state,
      message: this.#message,
      restarts: this.#restarts,
      ...(this.#lastRunAtMs !== undefined && { lastRunAtMs: this.#lastRunAtMs }),
      work: {
        runs: this.#runs,
        lastRunMs: toMicros(this.#lastRunMs),
        averageRunMs: toMicros(this.#allRunsMs / Math.max(1, this.#finishedRuns)),
        lastRun: { ...this.#lastRun },
        total: { ...this.#total },
        warnings: this.#warnings.report(),
        errors: this.#errors.report(),
        notes: this.#notes,
      },
    }
  }
}

function noItems(): Counts {
  return { points: 0, sketches: 0, events: 0, serviceChecks: 0, containerTotals: 0 }
}

function clear(counts: Counts): void {
  counts.points = 0
  counts.sketches = 0
  counts.events = 0
  counts.serviceChecks = 0
  counts.containerTotals = 0
}

/** What describes something, and is not counted by anybody, is left out: inventories, ledgers of logs, reports. */
function count(batch: Batch, counts: Counts): void {
  for (const { kind } of batch) {
    if (kind === 'point') counts.points += 1
    if (kind === 'sketch') counts.sketches += 1
    if (kind === 'event') counts.events += 1
    if (kind === 'service-check') counts.serviceChecks += 1
    if (kind === 'container-totals') counts.containerTotals += 1
  }
}

/** Milliseconds with three digits behind the point: more would only lengthen the report. */
function toMicros(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
