import type { ColumnInsert } from './engine.ts'
import { insertOfContainerRuns } from './inserts/container-runs.ts'
import { insertOfContainers } from './inserts/containers.ts'
import { insertOfEvents, insertOfServiceChecks } from './inserts/happenings.ts'
import { insertOfPoints, insertOfSeries } from './inserts/points.ts'
import { keepStorable, type TimeRange } from './storable-points.ts'
import type { PointColumns, StoreBatch, StoredSeries } from './store.ts'

/** A sender's clock may be this far ahead. */
const aheadMs = 600_000
/** A series in use is written again after this time, so that it does not end before its points. */
const seriesAgainMs = 24 * 3_600_000

/** The inserts of one group, and what to call once the engine holds all of them. */
export interface GroupInsert {
  /** Series go first: points never refer to one that is not there. */
  readonly columns: readonly ColumnInsert[]
  readonly markWritten: () => void
}

/** Turns batches into inserts and remembers which series the engine has. */
export class GroupInserts {
  readonly #points1sMs: number
  readonly #writtenAtMs = new WeakMap<StoredSeries, number>()
  #writtenPoints = 0
  #droppedPoints = 0

  constructor(points1sMs: number) {
    this.#points1sMs = points1sMs
  }

  /** Points written since the start. */
  get writtenPoints(): number {
    return this.#writtenPoints
  }

  /** Points left out since the start. */
  get droppedPoints(): number {
    return this.#droppedPoints
  }

  /** All rows of the batches, table by table. */
  of(batches: readonly StoreBatch[], nowMs: number): GroupInsert {
    const points = this.#storable(batches, nowMs)
    const pointCount = countPoints(points)
    const series = this.#newSeries(points, nowMs)
    const events = batches.flatMap((batch) => batch.events ?? [])
    const checks = batches.flatMap((batch) => batch.serviceChecks ?? [])
    const containers = batches.flatMap((batch) => batch.containers ?? [])
    const runs = batches.flatMap((batch) => batch.runs ?? [])
    const columns = [
      series.length > 0 ? insertOfSeries(series, nowMs) : undefined,
      pointCount > 0 ? insertOfPoints(points) : undefined,
      events.length > 0 ? insertOfEvents(events) : undefined,
      checks.length > 0 ? insertOfServiceChecks(checks) : undefined,
      containers.length > 0 ? insertOfContainers(containers) : undefined,
      runs.length > 0 ? insertOfContainerRuns(runs) : undefined,
    ].filter((insert) => insert !== undefined)
    const markWritten = (): void => {
      for (const one of series) this.#writtenAtMs.set(one, nowMs)
      this.#writtenPoints += pointCount
      this.#droppedPoints +=
        countPoints(batches.flatMap((batch) => batch.points ?? [])) - pointCount
    }
    return { columns, markWritten }
  }

  #storable(batches: readonly StoreBatch[], nowMs: number): readonly PointColumns[] {
    const range: TimeRange = { fromMs: nowMs - this.#points1sMs, toMs: nowMs + aheadMs }
    return batches.flatMap(({ points }) => (points ? [keepStorable(points, range)] : []))
  }

  #newSeries(parts: readonly PointColumns[], nowMs: number): readonly StoredSeries[] {
    const found = new Set<StoredSeries>()
    const againBeforeMs = nowMs - seriesAgainMs
    for (const { series } of parts) {
      for (const one of series) {
        const writtenAtMs = this.#writtenAtMs.get(one)
        if (writtenAtMs === undefined || writtenAtMs < againBeforeMs) found.add(one)
      }
    }
    return [...found]
  }
}

function countPoints(parts: readonly PointColumns[]): number {
  return parts.reduce((sum, { series }) => sum + series.length, 0)
}
