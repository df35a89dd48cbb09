import type { ColumnInsert } from './engine.ts'
import { insertOfContainerRuns } from './inserts/container-runs.ts'
import { insertOfContainers } from './inserts/containers.ts'
import { insertOfEvents, insertOfServiceChecks } from './inserts/happenings.ts'
import { insertOfPoints, insertOfSeries } from './inserts/points.ts'
import { insertOfSketches } from './inserts/sketches.ts'
import type { LogInserts } from './log-inserts.ts'
import type { Retention } from './retention.ts'
import { keepStorable, type TimeRange } from './storable-points.ts'
import { keepStorableSketches } from './storable-sketches.ts'
import type { PointColumns, SketchRecord, StoreBatch, StoredSeries } from './store.ts'

/** A sender's clock may be this far ahead. */
const aheadMs = 600_000
/** A series in use is written again after this time, so that it does not end before its points. */
const seriesAgainMs = 24 * 3_600_000

/** The inserts of one group, and what to call once the engine holds all of them. */
export interface GroupInsert {
  /** Series and origins go first: nothing ever refers to one that is not there. */
  readonly columns: readonly ColumnInsert[]
  readonly markWritten: () => void
}

/** Turns batches into inserts and remembers which series the engine has. */
export class GroupInserts {
  readonly #kept: Pick<Retention, 'points1sMs' | 'sketchesMs'>
  readonly #logs: LogInserts
  readonly #writtenAtMs = new WeakMap<StoredSeries, number>()
  #writtenPoints = 0
  #droppedPoints = 0

  constructor(kept: Pick<Retention, 'points1sMs' | 'sketchesMs'>, logs: LogInserts) {
    this.#kept = kept
    this.#logs = logs
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
    const logs = this.#logs.of(batches, nowMs)
    const columns = [
      series.length > 0 ? insertOfSeries(series, nowMs) : undefined,
      pointCount > 0 ? insertOfPoints(points) : undefined,
      sketches.length > 0 ? insertOfSketches(sketches) : undefined,
      events.length > 0 ? insertOfEvents(events) : undefined,
      checks.length > 0 ? insertOfServiceChecks(checks) : undefined,
      containers.length > 0 ? insertOfContainers(containers) : undefined,
      runs.length > 0 ? insertOfContainerRuns(runs) : undefined,
      ...logs.columns,
    ].filter((insert) => insert !== undefined)
    const markWritten = (): void => {
      for (const one of series) this.#writtenAtMs.set(one, nowMs)
      this.#writtenPoints += keptCount
      this.#droppedPoints += countAll(batches) - keptCount
      logs.markWritten()
    }
    return { columns, markWritten }
  }

  #storablePoints(batches: readonly StoreBatch[], nowMs: number): readonly PointColumns[] {
    const range: TimeRange = { fromMs: nowMs - this.#kept.points1sMs, toMs: nowMs + aheadMs }
    return batches.flatMap(({ points }) => (points ? [keepStorable(points, range)] : []))
  }

  #storableSketches(batches: readonly StoreBatch[], nowMs: number): readonly SketchRecord[] {
    const range: TimeRange = { fromMs: nowMs - this.#kept.sketchesMs, toMs: nowMs + aheadMs }
    return batches.flatMap(({ sketches = [] }) => keepStorableSketches(sketches, range))
  }

  #newSeries({ points, sketches }: Kept, nowMs: number): readonly StoredSeries[] {
    const found = new Set<StoredSeries>()
    const againBeforeMs = nowMs - seriesAgainMs
    const add = (one: StoredSeries): void => {
      const writtenAtMs = this.#writtenAtMs.get(one)
      if (writtenAtMs === undefined || writtenAtMs < againBeforeMs) found.add(one)
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
