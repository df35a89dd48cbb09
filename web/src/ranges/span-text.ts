import type { Span } from '../data/history.ts'
import { say } from '../messages/message.ts'
import { clockText, dateTimeText } from '../units/clock.ts'

/** From when to when. Times of day are enough for today; any other span says its days. */
export function spanText({ fromS, toS }: Span): string {
  const isToday = [fromS, toS].every((timeS) => isSameDay(timeS * 1000, Date.now()))
  const text = isToday ? clockText : dateTimeText
  return say('range.zoomed', { from: text(fromS * 1000), to: text(toS * 1000) })
}

function isSameDay(leftMs: number, rightMs: number): boolean {
  return new Date(leftMs).toDateString() === new Date(rightMs).toDateString()
}
