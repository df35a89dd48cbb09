import { chooseInterval } from './choose-interval.ts'
import type { AskedTime, FrameGrid } from './frame.ts'

export interface GridWish {
  readonly asked: AskedTime
  /** What the series bring, in seconds. */
  readonly nativeS: number
  /** The finest interval that is still kept of the time, in seconds. */
  readonly keptS: number
  /** What a query asks for itself, in seconds; goes before what is asked with the time. */
  readonly wishedS?: number | undefined
}

/**
 * The grid for a time: intervals are whole multiples of what is kept and begin where a clock would, so the first and the
 * last one reach beyond the time unless it begins and ends there too.
 */
export function chooseGrid({ asked, nativeS, keptS, wishedS }: GridWish): FrameGrid {
  const { fromMs, toMs } = asked
  const chosenS = chooseInterval({
    fromMs,
    toMs,
    nativeS: roundUp(nativeS, keptS),
    wishedS: wishedS ?? asked.intervalS,
  })
  const intervalMs = roundUp(chosenS, keptS) * 1000
  const first = Math.floor(fromMs / intervalMs)
  const length = Math.floor(toMs / intervalMs) - first + 1
  return { startMs: first * intervalMs, intervalMs, length }
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step
}
