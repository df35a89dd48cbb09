import type { TierStates } from '../../store/rollups/point-tiers.ts'
import { keptFromOf, leadOf, roundUp, type PastGrid } from './choose-past-grid.ts'

/** What a window is chosen for. */
export interface WindowQuestion {
  readonly grid: PastGrid
  readonly tiers: TierStates
  /** The second it is now, Unix time. */
  readonly nowS: number
}

/** What is newer may still come within moments, and so is left to windows that are kept for moments. */
const settlingS = 30
/** Moments before and after the middle of a window, in intervals of the table: the widest first. */
const fineHalves = [300, 120, 60, 20] as const
const coarseHalves = [30, 10] as const
/** A question that goes on for longer is answered by itself. */
const maxPlaces = 1000

/** The time from which the states of all widths of windows are read. */
export function widestWindow(question: WindowQuestion): PastGrid {
  return windowOf(question, halvesOf(question.grid)[0])
}

/**
 * The widest window around a grid whose places are no more than a bound: all its moments, and figures for each interval of
 * them. Undefined where there is none, or the grid is too long for one.
 */
export function chooseWindow(question: WindowQuestion, boundPlaces: number): PastGrid | undefined {
  const bound = Math.min(boundPlaces, maxPlaces)
  return halvesOf(question.grid)
    .map((half) => windowOf(question, half))
    .find((window) => placesOf(window) <= bound)
}

/** Whether a grid lies within a window. */
export function isWithinWindow(grid: PastGrid, window: PastGrid): boolean {
  return (
    grid.resolutionS === window.resolutionS &&
    grid.fromS >= window.fromS &&
    grid.fromS - grid.leadS >= window.fromS - window.leadS &&
    endOf(grid) <= endOf(window)
  )
}

/** The last moment of a grid, Unix seconds. */
export function endOf({ fromS, frames, stepS }: PastGrid): number {
  return fromS + frames * stepS
}

function halvesOf({ resolutionS }: PastGrid): readonly [number, ...number[]] {
  return resolutionS === 1 ? fineHalves : coarseHalves
}

function placesOf({ leadS, resolutionS, frames }: PastGrid): number {
  return leadS / resolutionS + frames
}

/** Around a round moment, so that those who ask for moments nearby find the same window. */
function windowOf({ grid, tiers, nowS }: WindowQuestion, half: number): PastGrid {
  const { resolutionS } = grid
  const halfS = half * resolutionS
  const middleS = Math.round(grid.fromS / halfS) * halfS
  const firstS = roundUp(keptFromOf(tiers, resolutionS), resolutionS) + resolutionS
  const fromS = Math.min(grid.fromS, Math.max(middleS - halfS, firstS))
  const settledS = nowS - settlingS
  const toS = Math.max(endOf(grid), Math.min(middleS + halfS, settledS - (settledS % resolutionS)))
  return {
    ...grid,
    fromS,
    stepS: resolutionS,
    frames: (toS - fromS) / resolutionS,
    leadS: leadOf(tiers, { fromS, resolutionS }),
  }
}
