import { locale } from '../messages/message.ts'
import type { HeadingStep } from './list-items.ts'

const dayFormat = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
})
const hourFormat = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** The day, or the day and the hour that begins there: `Friday 2 January, 03:00`. */
export function headingText(timeMs: number, step: HeadingStep): string {
  const day = dayFormat.format(timeMs)
  if (step === 'day') return day
  const hour = new Date(timeMs)
  hour.setMinutes(0)
  return `${day}, ${hourFormat.format(hour)}`
}
