import type { ClickHouseClient } from '@clickhouse/client'
import { tierRetentionMs, type Retention } from '../retention.ts'
import {
  pointTiers,
  sketchTiers,
  type SketchTierStates,
  type TierState,
  type TierStates,
  type TierTable,
} from './point-tiers.ts'

export interface TierBookOptions {
  readonly client: ClickHouseClient
  readonly retention: Retention
  readonly clock: () => number
}

/** A partition that is to be dropped, or that was. */
export interface Drop {
  readonly table: string
  /** Unix milliseconds: nothing of the table is left before it. */
  readonly untilMs: number
  readonly bytes: number
  readonly reason: 'age' | 'space'
}

/** What had to go before its time. */
export interface DroppedForSpace {
  readonly bytes: number
  /** Unix milliseconds: of what was before it, something is missing. */
  readonly untilMs: number
}

const secondMs = 1000
const weekMs = 7 * 24 * 3_600_000
const progressName = 'points and sketches'

/** How far the tables of points and sketches reach, forwards and back: written down in the store, and known by heart. */
export class TierBook {
  readonly #options: TierBookOptions
  readonly #droppedToMs = new Map<string, number>()
  #rolledToMs = 0
  #droppedForSpace: DroppedForSpace | undefined

  constructor(options: TierBookOptions) {
    this.#options = options
  }

  /** Unix milliseconds, a whole minute: all that was before it is rolled up, but for what came late. */
  get rolledToMs(): number {
    return this.#rolledToMs
  }

  /** In the last seven days. */
  get droppedForSpace(): DroppedForSpace | undefined {
    return this.#droppedForSpace
  }

  pointStates(): TierStates {
    return this.#states(pointTiers)
  }

  sketchStates(): SketchTierStates {
    return this.#states(sketchTiers)
  }

  /** Unix milliseconds: what is older is not kept, or no more. */
  keptFromMs(table: TierTable): number {
    const states: readonly TierState<TierTable>[] = [...this.pointStates(), ...this.sketchStates()]
    return states.find((state) => state.table === table)?.keptFromMs ?? 0
  }

  /** Reads what was written down, by this server or another. False when nothing ever was. */
  async read(): Promise<boolean> {
    const [progress] = await this.#ask<{ ms: number; known: number }>(
      `SELECT toFloat64(toUnixTimestamp(max(complete_to))) * 1000 AS ms, toFloat64(count()) AS known
      FROM vigie.rollup_progress`,
    )
    const drops = await this.#ask<{ table: string; ms: number }>(
      `SELECT table, toFloat64(toUnixTimestamp(max(until))) * 1000 AS ms FROM vigie.dropped_partitions GROUP BY table`,
    )
    for (const { table, ms } of drops) this.refuseBefore(table, ms)
    await this.#readDroppedForSpace()
    if (progress === undefined || progress.known === 0) return false
    this.#rolledToMs = Math.max(this.#rolledToMs, progress.ms)
    return true
  }

  /** Writes down that all before a time is rolled up. */
  async completeTo(toMs: number): Promise<void> {
    await this.#options.client.command({
      query: `INSERT INTO vigie.rollup_progress SELECT '${progressName}', toDateTime(${toMs / secondMs}, 'UTC')`,
    })
    this.#rolledToMs = toMs
  }

  /** From now on, nothing older belongs into the table. */
  refuseBefore(table: string, untilMs: number): void {
    this.#droppedToMs.set(table, Math.max(this.#droppedToMs.get(table) ?? 0, untilMs))
  }

  /** Writes down that a partition is dropped: before it is, so that it never looks complete afterwards. */
  async dropTo({ table, untilMs, bytes, reason }: Drop): Promise<void> {
    this.refuseBefore(table, untilMs)
    await this.#options.client.command({
      query: `INSERT INTO vigie.dropped_partitions SELECT '${table}', toDateTime(${Math.ceil(untilMs / secondMs)}, 'UTC'), ${bytes}, '${reason}', now()`,
    })
    await this.#readDroppedForSpace()
  }

  #states<Table extends TierTable>(
    tiers: readonly { readonly table: Table; readonly stepS: number }[],
  ): readonly TierState<Table>[] {
    const { clock, retention } = this.#options
    const nowMs = clock()
    const completeToMs = (index: number): number => {
      const stepMs = (tiers[index]?.stepS ?? 1) * secondMs
      return index === 0 ? Infinity : Math.floor(this.#rolledToMs / stepMs) * stepMs
    }
    return tiers.map(({ table, stepS }, index) => {
      const agedMs = nowMs - tierRetentionMs(table, retention)
      // What is not rolled up yet is not dropped either.
      const duesMs = index + 1 < tiers.length ? completeToMs(index + 1) : Infinity
      const keptFromMs = Math.max(this.#droppedToMs.get(table) ?? 0, Math.min(agedMs, duesMs))
      return { table, stepS, keptFromMs, completeToMs: completeToMs(index) }
    })
  }

  async #readDroppedForSpace(): Promise<void> {
    const sinceS = Math.floor((this.#options.clock() - weekMs) / secondMs)
    const [row] = await this.#ask<{ bytes: number; untilMs: number }>(
      `SELECT toFloat64(sum(bytes)) AS bytes, toFloat64(toUnixTimestamp(max(until))) * 1000 AS untilMs
      FROM vigie.dropped_partitions FINAL WHERE reason = 'space' AND dropped > toDateTime(${sinceS}, 'UTC')`,
    )
    this.#droppedForSpace = row !== undefined && row.bytes > 0 ? row : undefined
  }

  async #ask<Row>(query: string): Promise<readonly Row[]> {
    const answer = await this.#options.client.query({ query, format: 'JSONEachRow' })
    return answer.json<Row>()
  }
}
