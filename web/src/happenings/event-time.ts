import type { RangeName, TimeRange } from '../ranges/time-range.ts'
import type { HappeningQuestion } from './happening-feed.ts'
import type { HeadingStep } from './list-items.ts'

const hourS = 3600
const dayS = 24 * hourS
/** Little happens in five minutes: live counts an hour, and lists the newest of a day. */
const liveCountedS = hourS
const liveListedS = dayS

/** How many seconds bars and facets count. */
export function countedSeconds(range: TimeRange): number {
  if (range.kind === 'zoomed') return range.span.toS - range.span.fromS
  return range.name === 'live' ? liveCountedS : range.seconds
}

/** The time that rows are looked for in. */
export function listedTime(range: TimeRange): HappeningQuestion['time'] {
  if (range.kind === 'zoomed') return { kind: 'span', ...range.span }
  return { kind: 'newest', seconds: range.name === 'live' ? liveListedS : range.seconds }
}

/** How often counts are read again while they move on: often where a moment makes a difference. */
export function countEveryS(range: TimeRange): number {
  return countedSeconds(range) <= hourS ? 5 : 30
}

/** Headings for hours, unless there would be as many of them as of rows. */
export function headingStep(range: TimeRange): HeadingStep {
  return countedSeconds(range) <= dayS ? 'hour' : 'day'
}

/** The next longer range; `undefined` when there is none. */
export function widerRange(range: TimeRange): RangeName | undefined {
  const order: readonly RangeName[] = ['15m', '1h', '4h', '1d', '1w']
  if (range.kind === 'zoomed') return range.name
  return range.name === 'live' ? '1w' : order[order.indexOf(range.name) + 1]
}
