import { locale, say } from '../messages/message.ts'

const minuteS = 60
const hourS = 60 * minuteS
const dayS = 24 * hourS
const tenths = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})
const hundredths = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
})

/** A span of time in its two largest units: `3 d 4 h`, `4 h 12 min`, `12 min`, `45 s`. Below zero reads as `0 s`. */
export function durationText(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1000))
  if (seconds < minuteS) return part(seconds, 'unit.second')
  if (seconds < hourS) return part(Math.floor(seconds / minuteS), 'unit.minute')
  if (seconds < dayS) {
    const minutes = Math.floor((seconds % hourS) / minuteS)
    return `${part(Math.floor(seconds / hourS), 'unit.hour')}\u00a0${part(minutes, 'unit.minute')}`
  }
  const hours = Math.floor((seconds % dayS) / hourS)
  return `${part(Math.floor(seconds / dayS), 'unit.day')}\u00a0${part(hours, 'unit.hour')}`
}

/** A span that may be very short: `0.42 s` below a minute, else as {@link durationText} writes it. */
export function exactDurationText(spanMs: number): string {
  if (spanMs >= minuteS * 1000) return durationText(spanMs)
  return `${hundredths.format(Math.max(0, spanMs) / 1000)}\u00a0${say('unit.second')}`
}

/** A span that is very short most of the time: `12.3 ms` below a second, else as {@link exactDurationText} writes it. */
export function shortDurationText(spanMs: number): string {
  if (spanMs >= 1000) return exactDurationText(spanMs)
  return `${tenths.format(Math.max(0, spanMs))}\u00a0${say('unit.millisecond')}`
}

/** A span of time in its largest unit: `3 d`, `12 min`. For where a figure has little room. */
export function roughDurationText(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1000))
  if (seconds < hourS) return durationText(spanMs)
  if (seconds < dayS) return part(Math.floor(seconds / hourS), 'unit.hour')
  return part(Math.floor(seconds / dayS), 'unit.day')
}

function part(
  count: number,
  unit: 'unit.second' | 'unit.minute' | 'unit.hour' | 'unit.day',
): string {
  return `${count}\u00a0${say(unit)}`
}
