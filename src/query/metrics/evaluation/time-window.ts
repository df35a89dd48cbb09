import { QuestionError } from '../../question-error.ts'
import type { Frame, FrameGrid } from '../frame.ts'

/** The time for which a part of an expression is evaluated. */
export interface TimeWindow extends FrameGrid {
  /** The first interval that is shown; those before it are only there for others to look back on. */
  readonly shownFrom: number
}

/** Intervals of one window: with 1,000 groups some 50 MB. */
const maxIntervals = 6000

/**
 * The window with so many more intervals before it.
 * @throws {QuestionError} `too-large` when that makes it longer than 6,000 intervals.
 */
export function lookBack(window: TimeWindow, intervals: number): TimeWindow {
  const length = window.length + intervals
  if (length > maxIntervals) {
    const stepS = window.intervalMs / 1000
    throw new QuestionError(
      'too-large',
      `Cannot look back ${intervals * stepS} s in steps of ${stepS} s: ${length} steps are needed, at most ${maxIntervals} are allowed; ask for longer ones with .rollup()`,
    )
  }
  const startMs = window.startMs - intervals * window.intervalMs
  return { ...window, startMs, length, shownFrom: window.shownFrom + intervals }
}

/** The window so many intervals earlier. */
export function shiftBack(window: TimeWindow, intervals: number): TimeWindow {
  return { ...window, startMs: window.startMs - intervals * window.intervalMs }
}

/** The last intervals of a frame as those of the window, whatever time they were of. */
export function placeInWindow(frame: Frame, { startMs, length }: TimeWindow): Frame {
  if (frame.startMs === startMs && frame.length === length) return frame
  const series = frame.series.map((one) => ({
    ...one,
    values: one.values.subarray(frame.length - length),
  }))
  return { ...frame, startMs, length, series }
}
