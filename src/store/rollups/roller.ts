import { setTimeout as pause } from 'node:timers/promises'
import type { StoreEngine } from '../engine.ts'
import { readLateHours } from './late-hours.ts'
import type { LateMarks } from './late-marks.ts'
import { rollStatement, rollups, type RollRange } from './roll-statement.ts'
import type { TierBook } from './tier-book.ts'

export interface RollerOptions {
  readonly engine: { readonly upkeep: Pick<StoreEngine['upkeep'], 'query' | 'command'> }
  readonly book: TierBook
  readonly late: LateMarks
  /** Resolves once the rows that are on their way to the engine are there. */
  readonly settled: () => Promise<void>
  readonly clock: () => number
  /** Aborts when the store closes. */
  readonly signal: AbortSignal
}

const minuteMs = 60_000
const hourMs = 3_600_000
/** So late a point may come without any further work. */
const behindMs = 90_000

/**
 * Rolls points and sketches up: each interval once it is 90 s old, and hours again in which points came late. Every row
 * follows from the finer ones alone, and progress is written down behind it, so a pass may end anywhere and begin again.
 */
export class Roller {
  readonly #options: RollerOptions
  #lateHours = 0

  constructor(options: RollerOptions) {
    this.#options = options
  }

  /** Hours in which points came late and that were not rolled up again yet, as of the last pass. */
  get lateHours(): number {
    return this.#lateHours
  }

  /** Where nothing was ever rolled up, begins with the oldest points there are. To be called before points are written. */
  async open(): Promise<void> {
    const { book, late } = this.#options
    if (!(await book.read())) await book.completeTo((await this.#oldestMs()) ?? this.#targetMs())
    late.raise(book.rolledToMs)
  }

  /** Rolls up what is due, with rests; all that is there without rests when it `isHurried`. */
  async pass(isHurried = false): Promise<void> {
    const { engine, book, late, settled, clock } = this.#options
    const nowMs = clock()
    const targetMs = this.#targetMs()
    late.raise(targetMs)
    const beforePass = isHurried ? late.beginPass(nowMs) : undefined
    const hours = await readLateHours(engine.upkeep, nowMs, beforePass)
    // Points whose marks were read, or that were not yet late when they were looked at, are there from here on.
    await settled()
    for (const fromMs of stepsBetween(book.rolledToMs, targetMs)) {
      const toMs = Math.min(targetMs, nextHourMs(fromMs))
      await this.#withRest(isHurried, () => this.#roll({ fromMs, toMs }))
      await book.completeTo(toMs)
    }
    this.#lateHours = hours.startsMs.length
    for (const { startMs, marks } of hours.due) {
      const toMs = Math.min(startMs + hourMs, book.rolledToMs)
      await this.#withRest(isHurried, () => this.#roll({ fromMs: startMs, toMs, marks }))
      await this.#dropMarks(marks)
      this.#lateHours -= 1
    }
  }

  #targetMs(): number {
    return Math.floor((this.#options.clock() - behindMs) / minuteMs) * minuteMs
  }

  async #roll(range: RollRange): Promise<void> {
    for (const rollup of rollups) {
      const query = rollStatement(rollup, range)
      this.#options.signal.throwIfAborted()
      if (query !== undefined) await this.#options.engine.upkeep.command({ query })
    }
  }

  /** At most half of the time of one core: inserts and questions go first. */
  async #withRest(isHurried: boolean, deed: () => Promise<void>): Promise<void> {
    const startMs = performance.now()
    await deed()
    const { signal } = this.#options
    if (!isHurried) await pause(performance.now() - startMs, undefined, { signal })
  }

  async #dropMarks(partitions: readonly string[]): Promise<void> {
    for (const id of partitions) {
      await this.#options.engine.upkeep.command({
        query: `ALTER TABLE vigie.rollup_marks DROP PARTITION ID '${id}'`,
      })
    }
  }

  async #oldestMs(): Promise<number | undefined> {
    const answer = await this.#options.engine.upkeep.query({
      query: `SELECT toFloat64(toUnixTimestamp(min(min_time))) * 1000 AS ms, toFloat64(count()) AS parts
        FROM system.parts
        WHERE database = 'vigie' AND table IN ('points_1s', 'sketches') AND active AND rows > 0`,
      format: 'JSONEachRow',
    })
    const [row] = await answer.json<{ ms: number; parts: number }>()
    if (row === undefined || row.parts === 0) return undefined
    return Math.min(Math.floor(row.ms / hourMs) * hourMs, this.#targetMs())
  }
}

function nextHourMs(fromMs: number): number {
  return (Math.floor(fromMs / hourMs) + 1) * hourMs
}

/** Where each step begins: at the start of the range and at each whole hour within. */
function* stepsBetween(fromMs: number, toMs: number): Generator<number> {
  for (let stepMs = fromMs; stepMs < toMs; stepMs = nextHourMs(stepMs)) yield stepMs
}
