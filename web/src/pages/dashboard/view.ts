import type { Search, SearchChange } from '../../data/search.ts'

/** What the address says of a dashboard, besides its time range and its template variables. */
export interface BoardView {
  /** The widget that is shown alone; empty for all. */
  readonly filling: string
  readonly isKiosk: boolean
  /** Groups that are folded. */
  readonly folded: ReadonlySet<string>
}

/** The view an address asks for. */
export function readBoardView(search: Search): BoardView {
  const { widget = '', kiosk, fold = '' } = search as Partial<Record<string, string>>
  const folded = new Set(fold.split(',').filter((id) => id !== ''))
  return { filling: widget, isKiosk: kiosk === 'on', folded }
}

/** The change of the address that brings a change of the view about. */
export function writeBoardView(change: Partial<BoardView>): SearchChange {
  const { filling, isKiosk, folded } = change
  return {
    ...(filling !== undefined && { widget: filling || undefined }),
    ...(isKiosk !== undefined && { kiosk: isKiosk ? 'on' : undefined }),
    ...(folded !== undefined && { fold: [...folded].join(',') || undefined }),
  }
}
