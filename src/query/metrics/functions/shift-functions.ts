import { shiftBack } from '../evaluation/time-window.ts'
import { numberOption, textOption, type MetricFunction, type Options } from './metric-function.ts'
import { shiftCalendar } from './shift-calendar.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/**
 * Functions that show an earlier time in the place of the one asked for, moved by whole intervals; where that is not what
 * was asked for, the frame says so. A month of `month_before()` has 28 days.
 * @see https://docs.datadoghq.com/dashboards/functions/timeshift/
 */
export const shiftFunctions: Readonly<Record<string, MetricFunction>> = {
  timeshift: earlier((options) => -numberOption(options, 0) * 1000),
  hour_before: earlier(() => hourMs),
  day_before: earlier(() => dayMs),
  week_before: earlier(() => 7 * dayMs),
  month_before: earlier(() => 28 * dayMs),
  calendar_shift: earlier((options, shownMs) => {
    return shownMs - shiftCalendar(shownMs, textOption(options, 0), textOption(options, 1))
  }),
}

/** How many milliseconds earlier, given the start of what is shown. */
type ShiftOf = (options: Options, shownMs: number) => number

function earlier(shiftOf: ShiftOf): MetricFunction {
  return {
    reach: (window, options) => {
      const { startMs, intervalMs, shownFrom } = window
      const wishedMs = shiftOf(options, startMs + shownFrom * intervalMs)
      const intervals = Math.round(wishedMs / intervalMs)
      const shifted = { window: shiftBack(window, intervals) }
      const takenMs = intervals * intervalMs
      if (takenMs === wishedMs) return shifted
      const note = `the time is shifted by ${takenMs / 1000} s in the place of ${wishedMs / 1000} s, in whole steps of ${intervalMs / 1000} s`
      return { ...shifted, note }
    },
    apply: (frame) => frame,
  }
}
