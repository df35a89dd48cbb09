import type { Search, SearchChange } from '../data/search.ts'

/** What the address says of a list of events, besides its time range. */
export interface EventsView {
  readonly query: string
  /** Whether the facets are shown; `undefined` leaves it to the room there is. */
  readonly hasFacets: boolean | undefined
  /** The event that a link leads to; empty when there is none. */
  readonly marked: string
}

/** The view an address asks for. */
export function readEventsView(search: Search): EventsView {
  const { q = '', facets, event = '' } = search as Partial<Record<string, string>>
  const hasFacets = facets === 'on' || facets === 'off' ? facets === 'on' : undefined
  return { query: q, hasFacets, marked: event }
}

/** The change of the address that brings a change of the view about; what is as at first is not written. */
export function writeEventsView(change: Partial<EventsView>): SearchChange {
  const { query, hasFacets, marked } = change
  return {
    ...(query !== undefined && { q: query || undefined }),
    ...(hasFacets !== undefined && { facets: hasFacets ? 'on' : 'off' }),
    ...(marked !== undefined && { event: marked || undefined }),
  }
}
