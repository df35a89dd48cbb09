import { dateTimeText, minuteText } from '../../units/clock.ts'

/** A time that has passed: `14:03` where it is of today, else with its day. */
export function pastText(timeMs: number, nowMs: number): string {
  const isToday = new Date(timeMs).toDateString() === new Date(nowMs).toDateString()
  return isToday ? minuteText(timeMs) : dateTimeText(timeMs)
}
