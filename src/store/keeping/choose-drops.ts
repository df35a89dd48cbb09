import type { Drop } from '../rollups/tier-book.ts'
import type { TierState, TierTable } from '../rollups/point-tiers.ts'
import type { Partition } from './read-partitions.ts'

/** A partition, and why it has to go. */
export interface ChosenDrop extends Drop {
  readonly id: string
}

export interface DropRules {
  readonly nowMs: number
  /** Of points and of sketches, finest first. */
  readonly tiers: readonly (readonly TierState<TierTable>[])[]
  /** Starts of hours whose late points are not rolled up yet, Unix milliseconds. */
  readonly lateHoursMs: readonly number[]
  /** What all tables may take; 0 for no limit. */
  readonly maxBytes: number
}

/** Points that were let in just before they became too old have arrived, and been rolled up, by then. */
const slackMs = 600_000
const newestMs = 3_600_000
/** What goes first for want of room; of one rank, the oldest of whichever table takes most. */
const ranks: readonly (readonly string[])[] = [
  ['points_1s'],
  ['points_10s', 'sketches', 'log_lines'],
  ['points_1m', 'sketches_10m'],
]

/** Partitions whose time is over, and beyond `maxBytes` the oldest, never of the newest hour: only what is rolled up. */
export function chooseDrops(
  partitions: readonly Partition[],
  rules: DropRules,
): readonly ChosenDrop[] {
  const endMs = rollEnds(rules)
  const isRolled = ({ table, untilMs }: Partition): boolean =>
    untilMs <= (endMs.get(table) ?? Infinity)
  const keptMs = new Map<string, number>(
    rules.tiers.flat().map(({ table, keptFromMs }) => [table, keptFromMs]),
  )
  const rolled = partitions.filter(isRolled)
  const aged = rolled.filter(
    ({ table, untilMs }) => untilMs + slackMs <= (keptMs.get(table) ?? -Infinity),
  )
  const young = rolled.filter((one) => !aged.includes(one) && one.untilMs <= rules.nowMs - newestMs)
  const overBytes =
    rules.maxBytes === 0 ? 0 : sumBytes(partitions) - sumBytes(aged) - rules.maxBytes
  return [
    ...aged.map((one): ChosenDrop => ({ ...one, reason: 'age' })),
    ...oldest(young, overBytes).map((one): ChosenDrop => ({ ...one, reason: 'space' })),
  ]
}

/** Up to when each table is rolled up, late points included. */
function rollEnds({ tiers, lateHoursMs }: DropRules): ReadonlyMap<string, number> {
  const lateMs = Math.min(...lateHoursMs)
  return new Map(
    tiers.flatMap((states) =>
      states
        .slice(0, -1)
        .map(({ table }, index): [string, number] => [
          table,
          Math.min(states[index + 1]?.completeToMs ?? 0, lateMs),
        ]),
    ),
  )
}

function oldest(partitions: readonly Partition[], bytes: number): readonly Partition[] {
  const chosen: Partition[] = []
  let left = bytes
  for (const tables of ranks) {
    let ofRank = partitions.filter(({ table }) => tables.includes(table))
    while (left > 0 && ofRank.length > 0) {
      const next = oldestOfLargest(ofRank)
      if (next === undefined) break
      chosen.push(next)
      left -= next.bytes
      ofRank = ofRank.filter((one) => one !== next)
    }
  }
  return chosen
}

/** They come oldest first. */
function oldestOfLargest(partitions: readonly Partition[]): Partition | undefined {
  const byTable = [...Map.groupBy(partitions, ({ table }) => table).values()]
  return byTable.toSorted((a, b) => sumBytes(b) - sumBytes(a))[0]?.[0]
}

function sumBytes(partitions: readonly Partition[]): number {
  return partitions.reduce((sum, { bytes }) => sum + bytes, 0)
}
