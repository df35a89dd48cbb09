import type { Search, SearchChange } from '../data/search.ts'

/** Which moment the Containers page shows: the present, the present with the time bar open, or a second of the past. */
export type Moment =
  | { readonly kind: 'live' }
  | { readonly kind: 'now' }
  | { readonly kind: 'second'; readonly atS: number }

/** How far the charts of a container reach on both sides of the moment it was opened at. */
const aroundS = 300
/** Unix seconds have no more digits until the year 5138. */
const secondPattern = /^\d{1,11}$/

/** The moment an address asks for; what cannot be read counts as not said. */
export function readMoment(search: Search): Moment {
  const { at = '' } = search as Partial<Record<string, string>>
  if (at === 'now') return { kind: 'now' }
  return secondPattern.test(at) ? { kind: 'second', atS: Number(at) } : { kind: 'live' }
}

/** The change of the address that goes to a moment. The width of the time bar goes with the bar. */
export function writeMoment(moment: Moment): SearchChange {
  if (moment.kind === 'live') return { at: undefined, span: undefined }
  return { at: moment.kind === 'now' ? 'now' : String(moment.atS) }
}

/** What stands in the address of a container that is opened at a moment: its charts show the minutes around it. */
export function zoomAround(moment: Moment, nowS: number): Search {
  if (moment.kind !== 'second') return {}
  const { atS } = moment
  const toS = Math.max(atS + 1, Math.min(atS + aroundS, nowS))
  return { from: String(atS - aroundS), to: String(toS) }
}
