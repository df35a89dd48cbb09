import type { LogQuestion } from '../data/log-feed.ts'
import type { RangeName, TimeRange } from '../ranges/time-range.ts'

/** A time as the API's parameters. */
export type TimeParameters = LogQuestion['time']

const sinceOf: Readonly<Record<RangeName, string>> = {
  live: '5m',
  '15m': '15m',
  '1h': '1h',
  '4h': '4h',
  '1d': '1d',
  '1w': '7d',
}
/** The newest lines are shown however long ago the last one was printed, within reason. */
const liveListReach = '1d'

/** The time that counts and the histogram are of. */
export function countedTime(range: TimeRange): TimeParameters {
  if (range.kind === 'newest') return { since: sinceOf[range.name] }
  return { from: String(range.span.fromS * 1000), to: String(range.span.toS * 1000) }
}

/** The time that lines are looked for in: live starts with the newest, also where nothing was printed for hours. */
export function listedTime(range: TimeRange): TimeParameters {
  if (range.kind === 'newest' && range.name === 'live') return { since: liveListReach }
  return countedTime(range)
}

/** How often counts are read again while they move on: often where a moment makes a difference. */
export function countEveryMs(range: TimeRange): number | undefined {
  if (range.kind === 'zoomed') return undefined
  return range.seconds <= 900 ? 2000 : 30_000
}

/** The next longer range; `undefined` when there is none. */
export function widerRange(range: TimeRange): RangeName | undefined {
  const order: readonly RangeName[] = ['15m', '1h', '4h', '1d', '1w']
  if (range.kind === 'zoomed') return range.name
  // Live looks back a day already.
  return range.name === 'live' ? '1w' : order[order.indexOf(range.name) + 1]
}
