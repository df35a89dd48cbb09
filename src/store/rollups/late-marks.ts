import type { ColumnInsert } from '../engine.ts'
import type { PointColumns, SketchRecord, StoredSeries } from '../store.ts'

/** Marks that have to be there before the points they stand for; absent when none is missing. */
export interface MarksInsert {
  readonly columns: readonly ColumnInsert[]
  /** To be called once the engine holds them. */
  readonly markWritten: () => void
}

const hourMs = 3_600_000
/** Marks of a minute go together. Once it is over, a series that is still late is marked anew. */
export const passMs = 60_000
/** Another server may have rolled up to here: its rollups are 90 s behind, and its clock not quite the same. */
const surelyOpenMs = 60_000
/** So many marks are known by heart; then the next pass begins early. */
const mostMarks = 100_000

/**
 * Notes which series got points into hours that may be rolled up already. Each is written once in a pass, however many
 * points come.
 */
export class LateMarks {
  #frontierMs = 0
  #passMs = 0
  #marked = new Map<number, Set<StoredSeries>>()
  #count = 0

  /** From now on, points before that time are late. */
  raise(frontierMs: number): void {
    this.#frontierMs = Math.max(this.#frontierMs, frontierMs)
  }

  /** Marks of points that are written from now on belong to another pass than those before: its number, which only grows. */
  beginPass(nowMs: number): number {
    this.#passMs = Math.max(this.#passMs + 1, Math.floor(nowMs))
    this.#marked = new Map()
    this.#count = 0
    return this.#passMs
  }

  /** The marks of points and sketches that are about to be written. */
  of(
    points: readonly PointColumns[],
    sketches: readonly SketchRecord[],
    nowMs: number,
  ): MarksInsert {
    if (nowMs >= this.#passMs + passMs || this.#count >= mostMarks) this.beginPass(nowMs)
    const lateBeforeMs = Math.max(this.#frontierMs, nowMs - surelyOpenMs)
    const found = new Map<number, Set<StoredSeries>>()
    for (const { series, timesMs } of points) {
      for (let index = 0; index < series.length; index += 1) {
        const timeMs = timesMs[index] ?? Infinity
        const one = series[index]
        if (timeMs < lateBeforeMs && one !== undefined) this.#note(found, one, timeMs)
      }
    }
    for (const { series, timeMs } of sketches) {
      if (timeMs < lateBeforeMs) this.#note(found, series, timeMs)
    }
    if (found.size === 0) return { columns: [], markWritten: () => undefined }
    const marked = this.#marked
    return {
      columns: [insertOfMarks(found, this.#passMs)],
      markWritten: () => this.#remember(found, marked),
    }
  }

  #note(found: Map<number, Set<StoredSeries>>, series: StoredSeries, timeMs: number): void {
    const startMs = Math.floor(timeMs / hourMs) * hourMs
    if (this.#marked.get(startMs)?.has(series)) return
    const hour = found.get(startMs)
    if (hour === undefined) found.set(startMs, new Set([series]))
    else hour.add(series)
  }

  #remember(
    found: ReadonlyMap<number, ReadonlySet<StoredSeries>>,
    marked: Map<number, Set<StoredSeries>>,
  ): void {
    if (marked !== this.#marked) return
    for (const [startMs, series] of found) {
      const hour = marked.get(startMs) ?? new Set()
      marked.set(startMs, hour)
      for (const one of series) hour.add(one)
      this.#count += series.size
    }
  }
}

function insertOfMarks(
  found: ReadonlyMap<number, ReadonlySet<StoredSeries>>,
  pass: number,
): ColumnInsert {
  const rows = [...found].flatMap(([startMs, series]) =>
    [...series].map(({ id, metric }) => ({ startMs, id, metric })),
  )
  return {
    table: 'vigie.rollup_marks',
    into: ['hour', 'pass', 'metric', 'id'],
    columns: [
      { name: 'hour', type: 'Float64', data: Float64Array.from(rows, ({ startMs }) => startMs) },
      { name: 'metric', type: 'String', data: rows.map(({ metric }) => metric) },
      { name: 'id', type: 'UInt64', data: BigUint64Array.from(rows, ({ id }) => id) },
    ],
    select: [`toDateTime(hour / 1000, 'UTC')`, `toUInt64(${pass})`, 'metric', 'id'],
  }
}
