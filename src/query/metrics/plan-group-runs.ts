import { sketchKey } from '../../model/sketch/sketch-key.ts'
import type { GroupRun } from './distribution-sql.ts'

/** What is known of a group before its bins are read. */
export interface GroupSize {
  /** The values of the keys that the question groups by. */
  readonly groups: readonly string[]
  /** Bins of all its sketches. */
  readonly bins: number
  /** The least and the greatest value. */
  readonly least: number
  readonly most: number
}

/** Bins that one statement reads side by side; each takes about 50 bytes of the engine's memory meanwhile. */
const maxBins = 3_000_000
/** Different bins that one statement adds up to; each takes about 100 bytes. */
const maxAddedBins = 1_000_000

/**
 * Cuts the groups into runs that are asked for one after the other, so that however many there are, their bins in so many
 * intervals fit in memory: as they are or, where that is less, added up. A group is never cut.
 */
export function planGroupRuns(sizes: readonly GroupSize[], intervals: number): readonly GroupRun[] {
  const runs: Run[] = []
  for (const { groups, ...size } of sizes) {
    const addedBins = mostBins(size, intervals)
    const run = runs.at(-1)
    if (run === undefined || !fits(run, { bins: size.bins, addedBins })) {
      runs.push({ first: groups, last: groups, bins: size.bins, addedBins })
    } else {
      run.last = groups
      run.bins += size.bins
      run.addedBins += addedBins
    }
  }
  return runs.map(({ first, last, bins }) => ({ first, last, isLarge: bins > maxBins }))
}

interface Bins {
  bins: number
  /** What is left of `bins` at most once those with the same key are one. */
  addedBins: number
}

interface Run extends Bins {
  readonly first: readonly string[]
  last: readonly string[]
}

function fits(run: Bins, more: Bins): boolean {
  return run.bins + more.bins <= maxBins || run.addedBins + more.addedBins <= maxAddedBins
}

/** Bins of a group can only lie between its least and its greatest value, in each interval. */
function mostBins({ bins, least, most }: Omit<GroupSize, 'groups'>, intervals: number): number {
  return Math.min(bins, intervals * (sketchKey(most) - sketchKey(least) + 1))
}
