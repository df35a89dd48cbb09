import type { Span } from '../data/history.ts'
import type { Search, SearchChange } from '../data/search.ts'

/** The spans one can choose; all but a zoomed one end now. */
export const rangeNames = ['live', '15m', '1h', '4h', '1d', '1w'] as const
export type RangeName = (typeof rangeNames)[number]

/** What a page shows: the newest so many seconds, or a span the reader zoomed into. */
export type TimeRange =
  | { readonly kind: 'newest'; readonly name: RangeName; readonly seconds: number }
  | { readonly kind: 'zoomed'; readonly name: RangeName; readonly span: Span }

const secondsOf: Readonly<Record<RangeName, number>> = {
  live: 5 * 60,
  '15m': 15 * 60,
  '1h': 3600,
  '4h': 4 * 3600,
  '1d': 86_400,
  '1w': 7 * 86_400,
}
const shortestZoomS = 5

/** The range an address asks for; what cannot be read counts as not said. */
export function readRange(search: Search): TimeRange {
  const { range, from, to } = search as Partial<Record<string, string>>
  const name = rangeNames.find((known) => known === range) ?? 'live'
  const span = { fromS: Number(from), toS: Number(to) }
  if (span.fromS > 0 && span.toS > span.fromS) return { kind: 'zoomed', name, span }
  return { kind: 'newest', name, seconds: secondsOf[name] }
}

/** The change of the address that chooses a range and leaves the zoom. */
export function chooseRange(name: RangeName): SearchChange {
  return { range: name === 'live' ? undefined : name, from: undefined, to: undefined }
}

/** The change of the address that zooms into a span, widened where it is too short to show anything. */
export function zoomInto({ fromS, toS }: Span): SearchChange {
  const missingS = Math.max(0, shortestZoomS - (toS - fromS))
  const from = Math.floor(fromS - missingS / 2)
  return {
    from: String(from),
    to: String(Math.max(from + shortestZoomS, Math.ceil(toS + missingS / 2))),
  }
}

/** The span a range covers at a moment. */
export function spanOf(range: TimeRange, nowMs: number): Span {
  if (range.kind === 'zoomed') return range.span
  const toS = Math.floor(nowMs / 1000)
  return { fromS: toS - range.seconds, toS }
}
