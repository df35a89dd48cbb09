import { calendarShiftPattern } from '../../metric-language/calendar-shift.ts'

const dayMs = 86_400_000

/**
 * Unix milliseconds of the same time of day so many days, weeks or months earlier in a time zone: `-1d`, `-2w`, `-1mo`. A
 * day that the month does not have becomes its last one.
 */
export function shiftCalendar(timeMs: number, shift: string, timeZone: string): number {
  const [, digits, unit] = calendarShiftPattern.exec(shift) ?? []
  const count = Number(digits)
  const wallMs = timeMs + offsetMs(timeMs, timeZone)
  const earlierMs =
    unit === 'mo' ? subtractMonths(wallMs, count) : wallMs - count * (unit === 'w' ? 7 : 1) * dayMs
  // The zone may be ahead by another time there; asked twice, since the first answer is near the place only.
  const nearMs = earlierMs - offsetMs(earlierMs, timeZone)
  return earlierMs - offsetMs(nearMs, timeZone)
}

function subtractMonths(wallMs: number, count: number): number {
  const date = new Date(wallMs)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() - count)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, lastDay))
  return date.getTime()
}

/** By how much a zone is ahead of UTC at a time; of what `longOffset` writes, such as `GMT+02:00` or `GMT`. */
function offsetMs(timeMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(timeMs).find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours, minutes, seconds] =
    /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name ?? '') ?? []
  const aheadS = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
  return (sign === '-' ? -aheadS : aheadS) * 1000
}
