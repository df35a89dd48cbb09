import { readSearch, writeSearch } from '../data/search.ts'
import { hasRange } from '../ranges/has-range.ts'
import { readRange, spanOf } from '../ranges/time-range.ts'

/** How what is shown can be handed on. */
export interface Shared {
  /** The same view, which goes on with the present where this one does. */
  readonly address: string
  /** The same view as it is now; absent where it stands still already, or a page has no time. */
  readonly frozen: string | undefined
}

/** The part of an address that is the reader's own and not of the view: whoever opens it has a language already. */
const ownNames: readonly string[] = ['lang']

/** What stands behind `?` of a view: without what is the reader's own. */
export function viewSearch(search: string): string {
  const kept = Object.entries(readSearch(search)).filter(([name]) => !ownNames.includes(name))
  return writeSearch(Object.fromEntries(kept))
}

/** The addresses of what a page shows, whole: `https://vigie.example.com/logs?q=error`. */
export function shareAddresses(
  page: Pick<URL, 'origin' | 'pathname' | 'search'>,
  nowMs: number,
): Shared {
  const start = page.origin + page.pathname
  const search = viewSearch(page.search)
  const freezing = frozenParts(page.pathname, search, nowMs)
  return {
    address: start + search,
    frozen: freezing && start + writeSearch({ ...readSearch(search), ...freezing }),
  }
}

function frozenParts(
  path: string,
  search: string,
  nowMs: number,
): Readonly<Record<string, string>> | undefined {
  const parts: Partial<Record<string, string>> = readSearch(search)
  if (path === '/') {
    const isPast = parts['at'] !== undefined && parts['at'] !== 'now'
    return isPast ? undefined : { at: String(Math.floor(nowMs / 1000)) }
  }
  const range = readRange(readSearch(search))
  if (!hasRange(path) || range.kind === 'zoomed') return undefined
  const { fromS, toS } = spanOf(range, nowMs)
  return { from: String(fromS), to: String(toS) }
}
