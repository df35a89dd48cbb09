import type { Search, SearchChange } from '../data/search.ts'

/** What the address says of a list of logs, besides its time range. */
export interface LogsView {
  readonly query: string
  /** Whether long lines are broken. */
  readonly isWrapped: boolean
  /** Whether the facets are shown; `undefined` leaves it to the room there is. */
  readonly hasFacets: boolean | undefined
  /** The line that is shown among its neighbours; empty when lines are searched. */
  readonly line: string
}

/** The view an address asks for. */
export function readLogsView(search: Search): LogsView {
  const { q = '', wrap, facets, line = '' } = search as Partial<Record<string, string>>
  const hasFacets = facets === 'on' || facets === 'off' ? facets === 'on' : undefined
  return { query: q, isWrapped: wrap !== 'off', hasFacets, line }
}

/** The change of the address that brings a change of the view about; what is as at first is not written. */
export function writeLogsView(change: Partial<LogsView>): SearchChange {
  const { query, isWrapped, hasFacets, line } = change
  return {
    ...(query !== undefined && { q: query || undefined }),
    ...(isWrapped !== undefined && { wrap: isWrapped ? undefined : 'off' }),
    ...(hasFacets !== undefined && { facets: hasFacets ? 'on' : 'off' }),
    ...(line !== undefined && { line: line || undefined }),
  }
}
