import { locale } from '../messages/message.ts'

const timeOfDay = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const exactTimeOfDay = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
})
const hourAndMinute = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const dateAndTime = new Intl.DateTimeFormat(locale, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const monthAndDay = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' })

/** Time of day to the second, `14:03:27`, in the reader's time zone. */
export function clockText(timeMs: number): string {
  return timeOfDay.format(timeMs)
}

/** Time of day to the millisecond, `14:03:27.123`. */
export function exactClockText(timeMs: number): string {
  return exactTimeOfDay.format(timeMs)
}

/** Time of day to the minute, `14:03`. */
export function minuteText(timeMs: number): string {
  return hourAndMinute.format(timeMs)
}

/** Day and time to the second. */
export function dateTimeText(timeMs: number): string {
  return dateAndTime.format(timeMs)
}

/** `Aug 22` */
export function dayText(timeMs: number): string {
  return monthAndDay.format(timeMs)
}
