import type { Search, SearchChange } from '../../data/search.ts'
import { findColumn, type ColumnId } from './columns.ts'
import { nothingFolded, readFolding, writeFolding, type Folding } from './folding.ts'

/** A column, and whether its highest value comes first. */
export interface Sort {
  readonly column: ColumnId
  readonly isFalling: boolean
}

/** All that the address of the Containers page says. */
export interface View {
  readonly filterText: string
  readonly scope: 'running' | 'all'
  readonly shape: 'table' | 'map'
  readonly sort: Sort
  /** What containers are grouped by, the outer groups first: fields, labels or keys of tags, at most {@link mostGroupings}. */
  readonly groups: readonly string[]
  readonly folding: Folding
  /** The columns the reader has chosen; empty where the page chooses. */
  readonly columns: readonly ColumnId[]
  /** The figure that colours the tiles of the map, and the one that sizes them; empty for the first of each. */
  readonly colour: string
  readonly size: string
  /** The first twelve digits of the container that the keys have reached; empty when none. */
  readonly chosen: string
  /** Whether containers that have ended are listed below the table. */
  readonly isEndedShown: boolean
}

/** Groups lie in groups no deeper. */
export const mostGroupings = 2
/** How many digits of an id name the chosen container in the address. */
export const shortIdLength = 12

const firstSort: Sort = { column: 'cpu', isFalling: true }

/** The view an address asks for; what cannot be read counts as not said. */
export function readView(search: Search): View {
  const {
    q = '',
    state,
    view,
    sort = '',
    group = '',
    gc = '',
    cols = '',
    colour = '',
    size = '',
    row = '',
    ended,
  } = search as Partial<Record<string, string>>
  return {
    filterText: q,
    scope: state === 'all' ? 'all' : 'running',
    shape: view === 'map' ? 'map' : 'table',
    sort: readSort(sort),
    groups: readGroups(group),
    folding: readFolding(gc),
    columns: readColumns(cols),
    colour,
    size,
    chosen: row,
    isEndedShown: ended === 'shown',
  }
}

/** The change of the address that brings a change of the view about; what is as at first is not written. */
export function writeView(change: Partial<View>): SearchChange {
  const { filterText, scope, shape, sort, groups, columns, isEndedShown } = change
  const { colour, size, chosen } = change
  // Other groups have other names: what was folded says nothing of them.
  const folding = change.folding ?? (groups && nothingFolded)
  return Object.assign(
    {},
    written('q', filterText),
    written('state', scope, scope === 'all' ? 'all' : ''),
    written('view', shape, shape === 'map' ? 'map' : ''),
    written('sort', sort, sort && writeSort(sort)),
    written('group', groups, groups?.map(encodeName).join(',')),
    written('gc', folding, folding && writeFolding(folding)),
    written('cols', columns, columns?.join(',')),
    written('colour', colour),
    written('size', size),
    written('row', chosen),
    written('ended', isEndedShown, isEndedShown ? 'shown' : ''),
  )
}

/** Nothing where a part of the view does not change; an empty text takes it out of the address. */
function written(name: string, part: unknown, text: unknown = part): SearchChange {
  return part === undefined
    ? {}
    : { [name]: typeof text === 'string' && text !== '' ? text : undefined }
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

function writeSort({ column, isFalling }: Sort): string {
  if (column === firstSort.column && isFalling === firstSort.isFalling) return ''
  return (isFalling ? '-' : '') + column
}

function readGroups(text: string): readonly string[] {
  const names = text.split(',').flatMap(decodeName)
  return [...new Set(names)].filter((name) => name !== 'none').slice(0, mostGroupings)
}

/** Signs that part names and mark encoded ones; all others are left to the address itself, so that names can be read in it. */
function encodeName(name: string): string {
  return name.replaceAll(/[%,]/g, encodeURIComponent)
}

/** Nothing where the address was cut off in the middle of a sign. */
function decodeName(text: string): readonly string[] {
  try {
    return text === '' ? [] : [decodeURIComponent(text)]
  } catch {
    return []
  }
}

function readColumns(text: string): readonly ColumnId[] {
  return [...new Set(text.split(',').flatMap((id) => findColumn(id)?.id ?? []))]
}
