import type { Search, SearchChange } from '../../data/search.ts'
import { findColumn, type ColumnId } from './columns.ts'

/** What rows are grouped by. */
export const groupings = ['none', 'project', 'image', 'host', 'service'] as const
export type GroupBy = (typeof groupings)[number]

/** A column, and whether its highest value comes first. */
export interface Sort {
  readonly column: ColumnId
  readonly isFalling: boolean
}

/** All that the address of the Containers page says. */
export interface View {
  readonly filterText: string
  readonly scope: 'running' | 'all'
  readonly sort: Sort
  readonly group: GroupBy
  /** The first twelve digits of the container that j and k have reached; empty when none. */
  readonly chosen: string
  /** Whether containers that have ended are listed below the table. */
  readonly isEndedShown: boolean
}

const firstSort: Sort = { column: 'cpu', isFalling: true }

/** The view an address asks for; what cannot be read counts as not said. */
export function readView(search: Search): View {
  const {
    q = '',
    state,
    sort = '',
    group,
    row = '',
    ended,
  } = search as Partial<Record<string, string>>
  return {
    filterText: q,
    scope: state === 'all' ? 'all' : 'running',
    sort: readSort(sort),
    group: groupings.find((known) => known === group) ?? 'none',
    chosen: row,
    isEndedShown: ended === 'shown',
  }
}

/** The change of the address that brings a change of the view about; what is as at first is not written. */
export function writeView(change: Partial<View>): SearchChange {
  const { filterText, scope, sort, group, chosen, isEndedShown } = change
  return {
    ...(filterText !== undefined && { q: filterText || undefined }),
    ...(scope && { state: scope === 'all' ? 'all' : undefined }),
    ...(sort && { sort: writeSort(sort) }),
    ...(group && { group: group === 'none' ? undefined : group }),
    ...(chosen !== undefined && { row: chosen || undefined }),
    ...(isEndedShown !== undefined && { ended: isEndedShown ? 'shown' : undefined }),
  }
}

/** The order after a click on the head of a column: a number's highest first, a text from A, then the other way round. */
export function nextSort(now: Sort, column: ColumnId): Sort {
  if (now.column === column) return { column, isFalling: !now.isFalling }
  return { column, isFalling: findColumn(column)?.isNumber === true }
}

function readSort(text: string): Sort {
  const isFalling = text.startsWith('-')
  const column = findColumn(isFalling ? text.slice(1) : text)
  return column ? { column: column.id, isFalling } : firstSort
}

function writeSort({ column, isFalling }: Sort): string | undefined {
  if (column === firstSort.column && isFalling === firstSort.isFalling) return undefined
  return (isFalling ? '-' : '') + column
}
