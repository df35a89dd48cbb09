import type { LineDisplay } from '../../charts/history-options.ts'
import type { Search, SearchChange } from '../../data/search.ts'

/** How the lines are drawn. */
export const displays = ['line', 'area', 'stacked', 'bars'] as const
export type Display = (typeof displays)[number]

/** Columns of the table of lines. */
export const figureNames = ['min', 'avg', 'max', 'last', 'sum'] as const
export type FigureName = (typeof figureNames)[number]

/** What the table is sorted by. */
export interface LineSort {
  readonly column: FigureName | 'name'
  readonly isFalling: boolean
}

/** What the address says of the Metrics page, besides its time range. */
export interface MetricsView {
  readonly query: string
  readonly display: Display
  readonly isLog: boolean
  readonly sort: LineSort
  /** Whether the catalogue is shown though there is a query. */
  readonly hasCatalogue: boolean
  /** What the catalogue is searched for. */
  readonly find: string
}

const firstSort: LineSort = { column: 'avg', isFalling: true }

/** The view an address asks for; what cannot be read counts as not said. */
export function readMetricsView(search: Search): MetricsView {
  const {
    q = '',
    show,
    axis,
    sort = '',
    tab,
    find = '',
  } = search as Partial<Record<string, string>>
  return {
    query: q,
    display: displays.find((known) => known === show) ?? 'line',
    isLog: axis === 'log',
    sort: readSort(sort),
    hasCatalogue: tab === 'catalogue',
    find,
  }
}

/** The change of the address that brings a change of the view about; what is as at first is not written. */
export function writeMetricsView(change: Partial<MetricsView>): SearchChange {
  const { query, display, isLog, sort, hasCatalogue, find } = change
  return {
    ...(query !== undefined && { q: query || undefined }),
    ...(display !== undefined && { show: display === 'line' ? undefined : display }),
    ...(isLog !== undefined && { axis: isLog ? 'log' : undefined }),
    ...(sort !== undefined && { sort: writeSort(sort) }),
    ...(hasCatalogue !== undefined && { tab: hasCatalogue ? 'catalogue' : undefined }),
    ...(find !== undefined && { find: find || undefined }),
  }
}

/** The sort after a click on a head: by that column, the greatest figure first, or the other way round at a second click. */
export function nextSort(sort: LineSort, column: LineSort['column']): LineSort {
  if (sort.column === column) return { column, isFalling: !sort.isFalling }
  return { column, isFalling: column !== 'name' }
}

/** How a line of that display is drawn. */
export function lineDisplay(display: Display): LineDisplay {
  return display === 'stacked' ? 'area' : display
}

function readSort(text: string): LineSort {
  const isFalling = text.startsWith('-')
  const name = isFalling ? text.slice(1) : text
  const column = name === 'name' ? name : figureNames.find((known) => known === name)
  return column === undefined ? firstSort : { column, isFalling }
}

function writeSort({ column, isFalling }: LineSort): string | undefined {
  const text = (isFalling ? '-' : '') + column
  return text === '-avg' ? undefined : text
}
