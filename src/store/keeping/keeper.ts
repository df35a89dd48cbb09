import type { StoreEngine } from '../engine.ts'
import { readLateHours } from '../rollups/late-hours.ts'
import type { TierBook } from '../rollups/tier-book.ts'
import { chooseDrops, type ChosenDrop, type DropRules } from './choose-drops.ts'
import { readPartitions } from './read-partitions.ts'

export interface KeeperOptions {
  readonly engine: Pick<StoreEngine, 'upkeep'>
  readonly book: TierBook
  /** What all tables may take on the disk; 0 for no limit. */
  readonly maxBytes: number
  /** Resolves once the rows that are on their way to the engine are there. */
  readonly settled: () => Promise<void>
  readonly clock: () => number
}

/** Drops partitions of points and sketches whose time is over, and the oldest of all where the room is used up. */
export class Keeper {
  readonly #options: KeeperOptions
  #bytesOnDisk = 0

  constructor(options: KeeperOptions) {
    this.#options = options
  }

  /** What all tables took on the disk when it looked last. */
  get bytesOnDisk(): number {
    return this.#bytesOnDisk
  }

  /** Only looks, without dropping anything. */
  async measure(): Promise<void> {
    const partitions = await readPartitions(this.#options.engine.upkeep)
    this.#bytesOnDisk = partitions.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Drops what has to go; gives what went for want of room. */
  async look(): Promise<readonly ChosenDrop[]> {
    const { book, settled } = this.#options
    const planned = await this.#choose()
    for (const { table, untilMs } of planned) book.refuseBefore(table, untilMs)
    await settled()
    // Late points may have come into one of them before it was closed to them: it then waits until they are rolled up.
    const { lateHoursMs } = await this.#rules()
    const chosen = planned.filter(({ untilMs }) => lateHoursMs.every((ms) => untilMs <= ms))
    for (const one of chosen) await this.#drop(one)
    await this.measure()
    return chosen.filter(({ reason }) => reason === 'space')
  }

  async #choose(): Promise<readonly ChosenDrop[]> {
    return chooseDrops(await readPartitions(this.#options.engine.upkeep), await this.#rules())
  }

  async #rules(): Promise<DropRules> {
    const { engine, book, maxBytes, clock } = this.#options
    const nowMs = clock()
    return {
      nowMs,
      tiers: [book.pointStates(), book.sketchStates()],
      lateHoursMs: (await readLateHours(engine.upkeep, nowMs)).startsMs,
      maxBytes,
    }
  }

  async #drop(chosen: ChosenDrop): Promise<void> {
    await this.#options.book.dropTo(chosen)
    await this.#dropPartition(chosen.table, chosen.id)
    if (chosen.table === 'log_lines') await this.#dropCounts(chosen)
  }

  /** What is counted of lines goes with them. */
  async #dropCounts({ untilMs }: ChosenDrop): Promise<void> {
    for (const one of await readPartitions(this.#options.engine.upkeep)) {
      if (one.table === 'log_counts' && one.untilMs <= untilMs) {
        await this.#dropPartition(one.table, one.id)
      }
    }
  }

  async #dropPartition(table: string, id: string): Promise<void> {
    await this.#options.engine.upkeep.command({
      query: `ALTER TABLE vigie.${table} DROP PARTITION ID '${id}'`,
    })
  }
}
