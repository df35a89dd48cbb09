import type { Log } from '../telemetry/log.ts'
import type { StoreEngine } from './engine.ts'
import { Keeper } from './keeping/keeper.ts'
import type { Leadership } from './remote/leadership.ts'
import { repeat } from './repeat.ts'
import type { LateMarks } from './rollups/late-marks.ts'
import { Roller } from './rollups/roller.ts'
import type { TierBook } from './rollups/tier-book.ts'

export interface UpkeepOptions {
  readonly engine: StoreEngine
  readonly leadership: Leadership
  readonly book: TierBook
  readonly late: LateMarks
  /** What all tables may take on the disk; 0 for no limit. */
  readonly maxBytes: number
  /** Resolves once the rows that are on their way to the engine are there. */
  readonly settled: () => Promise<void>
  readonly clock: () => number
  readonly log: Log | undefined
}

/** Rolls up, and drops what is old, while the store is open. */
export interface Upkeep {
  /** Rolls up at once all that is due, late points too. */
  readonly rollUp: () => Promise<void>
  /** Hours in which points came late and that are not rolled up again yet. */
  readonly lateHours: () => number
  /** What all tables take on the disk, as it was looked at last. */
  readonly bytesOnDisk: () => number
  /** Begins nothing more; resolves once nothing runs. A statement that runs ends when the engine closes. */
  readonly stop: () => Promise<void>
}

const rollEveryMs = 10_000
const lookEveryMs = 60_000

/** Finds out how far everything is rolled up, which has to be known before points are written, and goes on from there. */
export async function openUpkeep(options: UpkeepOptions): Promise<Upkeep> {
  const { engine, leadership, book, log } = options
  const stopping = new AbortController()
  const roller = new Roller({ ...options, signal: stopping.signal })
  const keeper = new Keeper(options)
  await roller.open()
  await keeper.measure()
  const oneByOne = queue()
  const roll = (isHurried: boolean): Promise<void> =>
    oneByOne(async () => {
      if (engine.isShared) await book.read()
      if (leadership.isLeader()) await roller.pass(isHurried)
    })
  const look = (): Promise<void> =>
    oneByOne(async () => {
      if (!leadership.isLeader()) return keeper.measure()
      for (const { table, untilMs, bytes } of await keeper.look()) {
        log?.info(
          `dropped ${bytes} bytes of ${table} before ${new Date(untilMs).toISOString()}: the store takes more than vigie.store.max_bytes`,
        )
      }
    })
  const warn =
    (what: string) =>
    (error: unknown): void => {
      if (!stopping.signal.aborted) log?.warn(`cannot ${what}: ${String(error)}`)
    }
  const stopRolling = repeat(rollEveryMs, () => roll(false), warn('roll up points'))
  const stopLooking = repeat(lookEveryMs, look, warn('drop old points'))
  return {
    rollUp: () => roll(true),
    lateHours: () => roller.lateHours,
    bytesOnDisk: () => keeper.bytesOnDisk,
    stop: async () => {
      stopping.abort()
      await Promise.all([stopRolling(), stopLooking()])
    },
  }
}

/** Runs deeds in turn, so that nothing is dropped while it is being rolled up. */
function queue(): (deed: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve()
  return (deed) => {
    const next = last.then(deed)
    last = next.catch(() => undefined)
    return next
  }
}
