import type { ColumnInsert } from './engine.ts'
import { insertOfContainerRuns } from './inserts/container-runs.ts'
import { insertOfContainers } from './inserts/containers.ts'
import { insertOfEvents, insertOfServiceChecks } from './inserts/happenings.ts'
import { insertOfPoints, insertOfSeries } from './inserts/points.ts'
import { insertOfSketches } from './inserts/sketches.ts'
import type { LogInserts } from './log-inserts.ts'
import type { LateMarks } from './rollups/late-marks.ts'
import type { TierTable } from './rollups/point-tiers.ts'
import { keepStorable, type TimeRange } from './storable-points.ts'
import { keepStorableSketches } from './storable-sketches.ts'
import type { PointColumns, SeriesNote, SketchRecord, StoreBatch, StoredSeries } from './store.ts'

/** A sender's clock may be this far ahead. */
const aheadMs = 600_000
/** A series in use is written again after this time, so that it does not end before its points. */
const seriesAgainMs = 24 * 3_600_000

/** The inserts of one group, and what to call once the engine holds all of them. */
export interface GroupInsert {
  /** Series, origins and marks go first: nothing ever refers to one, or needs one, that is not there. */
  readonly columns: readonly ColumnInsert[]
  readonly markWritten: () => void
}

export interface GroupInsertsOptions {
  /** Unix milliseconds; points and sketches that are older than what is kept are not written at all. */
  readonly keptFromMs: (table: TierTable) => number
  readonly late: LateMarks
  readonly logs: LogInserts
}

/** Turns batches into inserts and remembers which series the engine has. */
export class GroupInserts {
  readonly #options: GroupInsertsOptions
  #writtenPoints = 0
  #droppedPoints = 0

  constructor(options: GroupInsertsOptions) {
    this.#options = options
  }

  /** Points and sketches written since the start. */
  get writtenPoints(): number {
    return this.#writtenPoints
  }

  /** Points and sketches left out since the start. */
  get droppedPoints(): number {
    return this.#droppedPoints
  }

  /** All rows of the batches, table by table. */
  of(batches: readonly StoreBatch[], nowMs: number): GroupInsert {
    const points = this.#storablePoints(batches, nowMs)
    const sketches = this.#storableSketches(batches, nowMs)
    const pointCount = countPoints(points)
    const keptCount = pointCount + sketches.length
    const series = this.#newSeries({ points, sketches }, nowMs)
    const events = batches.flatMap((batch) => batch.events ?? [])
    const checks = batches.flatMap((batch) => batch.serviceChecks ?? [])
    const containers = batches.flatMap((batch) => batch.containers ?? [])
    const runs = batches.flatMap((batch) => batch.runs ?? [])
    const marks = this.#options.late.of(points, sketches, nowMs)
    const logs = this.#options.logs.of(batches, nowMs)
    const columns = [
      series.length > 0 ? insertOfSeries(series, nowMs) : undefined,
      ...marks.columns,
      pointCount > 0 ? insertOfPoints(points) : undefined,
      sketches.length > 0 ? insertOfSketches(sketches) : undefined,
      events.length > 0 ? insertOfEvents(events) : undefined,
      checks.length > 0 ? insertOfServiceChecks(checks) : undefined,
      containers.length > 0 ? insertOfContainers(containers) : undefined,
      runs.length > 0 ? insertOfContainerRuns(runs) : undefined,
      ...logs.columns,
    ].filter((insert) => insert !== undefined)
    const markWritten = (): void => {
      const note: SeriesNote = { by: this, atMs: nowMs }
      for (const one of series) one.described = note
      this.#writtenPoints += keptCount
      this.#droppedPoints += countAll(batches) - keptCount
      marks.markWritten()
      logs.markWritten()
    }
    return { columns, markWritten }
  }

  #storablePoints(batches: readonly StoreBatch[], nowMs: number): readonly PointColumns[] {
    const range = this.#range('points_1s', nowMs)
    return batches.flatMap(({ points }) => (points ? [keepStorable(points, range)] : []))
  }

  #storableSketches(batches: readonly StoreBatch[], nowMs: number): readonly SketchRecord[] {
    const range = this.#range('sketches', nowMs)
    return batches.flatMap(({ sketches = [] }) => keepStorableSketches(sketches, range))
  }

  #range(table: TierTable, nowMs: number): TimeRange {
    return { fromMs: this.#options.keptFromMs(table), toMs: nowMs + aheadMs }
  }

  #newSeries({ points, sketches }: Kept, nowMs: number): readonly StoredSeries[] {
    const found = new Set<StoredSeries>()
    const againBeforeMs = nowMs - seriesAgainMs
    const add = (one: StoredSeries): void => {
      const { described } = one
      if (described?.by !== this || described.atMs < againBeforeMs) found.add(one)
    }
    for (const { series } of points) series.forEach(add)
    for (const { series } of sketches) add(series)
    return [...found]
  }
}

interface Kept {
  readonly points: readonly PointColumns[]
  readonly sketches: readonly SketchRecord[]
}

function countAll(batches: readonly StoreBatch[]): number {
  const sketches = batches.reduce((sum, batch) => sum + (batch.sketches?.length ?? 0), 0)
  return countPoints(batches.flatMap(({ points }) => points ?? [])) + sketches
}

function countPoints(parts: readonly PointColumns[]): number {
  return parts.reduce((sum, { series }) => sum + series.length, 0)
}
