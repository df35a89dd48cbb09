import type { TierState, TierTable } from '../../store/rollups/point-tiers.ts'
import type { FrameGrid } from './frame.ts'

/** What is read of one table: Unix milliseconds, `toMs` is exclusive. */
export interface TierRange<Table extends TierTable = TierTable> {
  readonly table: Table
  readonly fromMs: number
  readonly toMs: number
}

/**
 * The tables that together hold the time of a grid, each moment in one of them, oldest first: the coarsest table whose
 * intervals lie within those of the grid and which reaches back to its start, then finer ones for what is newer than
 * that one has. Where no table does both, it is the finest that reaches back, and at last the one that reaches farthest.
 */
export function tierRanges<Table extends TierTable>(
  grid: FrameGrid,
  tiers: readonly TierState<Table>[],
): readonly TierRange<Table>[] {
  const chosen = chooseTier(grid, tiers)
  const ranges: TierRange<Table>[] = []
  const endMs = grid.startMs + grid.length * grid.intervalMs
  let fromMs = grid.startMs
  for (const { table, completeToMs } of tiers.slice(0, chosen + 1).toReversed()) {
    const toMs = Math.min(endMs, completeToMs)
    if (toMs <= fromMs) continue
    ranges.push({ table, fromMs, toMs })
    fromMs = toMs
  }
  return ranges
}

/** Seconds of the finest intervals that are still there of a time; 1 where the finest table is, as it has each moment. */
export function finestStepS(tiers: readonly TierState<TierTable>[], timeMs: number): number {
  const finest = tiers.findIndex(({ keptFromMs }) => keptFromMs <= timeMs)
  const place = finest === -1 ? farthest(tiers) : finest
  return place === 0 ? 1 : (tiers[place]?.stepS ?? 1)
}

function chooseTier(grid: FrameGrid, tiers: readonly TierState<TierTable>[]): number {
  const reaches = ({ keptFromMs }: TierState<TierTable>): boolean => keptFromMs <= grid.startMs
  const coarsest = tiers.findLastIndex((tier, place) => {
    const stepMs = tier.stepS * 1000
    const fits = grid.startMs % stepMs === 0 && grid.intervalMs % stepMs === 0
    return (place === 0 || fits) && reaches(tier)
  })
  if (coarsest !== -1) return coarsest
  const finest = tiers.findIndex(reaches)
  return finest === -1 ? farthest(tiers) : finest
}

function farthest(tiers: readonly TierState<TierTable>[]): number {
  const leastMs = Math.min(...tiers.map(({ keptFromMs }) => keptFromMs))
  return tiers.findLastIndex(({ keptFromMs }) => keptFromMs === leastMs)
}
