import { locale } from '../messages/message.ts'
import { say } from '../messages/past.ts'
import { durationText } from '../units/duration.ts'

const dayAndYear = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
})

/** One digit: it wavers. */
const oneDigit = new Intl.NumberFormat(locale, { maximumSignificantDigits: 1 })

/** The day of a moment with its weekday and year. */
export function dateText(timeMs: number): string {
  return dayAndYear.format(timeMs)
}

/** How fine the figures of a moment are. */
export function grainText(resolutionS: number): string {
  if (resolutionS <= 1) return say('past.everySecond')
  return say('past.grain', { span: durationText(resolutionS * 1000) })
}

/** That it plays slower than it should: so many seconds of the past go by in one. */
export function paceText(pace: number): string {
  return say('past.pace', { times: oneDigit.format(pace) })
}
