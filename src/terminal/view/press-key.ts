import type { Key } from '../keys.ts'
import { columnIds } from './columns.ts'
import { groupings, sortBy, type Page, type View } from './view.ts'

/** What a key may have to know of the screen that it was pressed on. */
export interface Surroundings {
  /** Containers in the table, from the top. */
  readonly ids: readonly string[]
  /** Rows that a screen shows at a time. */
  readonly pageRows: number
  /** Numbers of the first and the newest log line that are kept. */
  readonly logs: { readonly first: number; readonly newest: number }
}

/** The view after a key. Keys without a meaning leave it as it is. */
export function pressKey(view: View, key: Key, around: Surroundings): View {
  if (key === 'ctrl-c') return at(view, { kind: 'end' })
  const { page } = view
  switch (page.kind) {
    case 'table':
      return pressInTable(view, key, around)
    case 'filter':
      return pressInFilter(view, page, key)
    case 'sort':
      return pressInSort(view, page.at, key)
    case 'columns':
      return pressInColumns(view, page.at, key)
    case 'container':
      return pressInContainer(view, page, key)
    case 'logs':
      return pressInLogs(view, page, { key, around })
    case 'help':
      return leaveHelp(view, page, key)
    case 'end':
      return view
  }
}

function pressInTable(view: View, key: Key, around: Surroundings): View {
  const moved = moveTo(indexOfChosen(view, around), key, {
    count: around.ids.length,
    pageRows: around.pageRows,
  })
  if (moved !== undefined) return { ...view, chosenId: around.ids[moved] ?? view.chosenId }
  const id = around.ids[indexOfChosen(view, around)]
  const deed = tableKeys[key]
  if (deed !== undefined) return deed(view)
  return id === undefined ? view : (rowKeys[key]?.({ ...view, chosenId: id }, id) ?? view)
}

const tableKeys: Readonly<Partial<Record<Key, (view: View) => View>>> = {
  '?': openHelp,
  h: openHelp,
  q: (view) => at(view, { kind: 'end' }),
  a: (view) => ({ ...view, isAll: !view.isAll }),
  f: openFilter,
  '/': openFilter,
  escape: (view) => ({ ...view, filterText: '' }),
  s: (view) => at(view, { kind: 'sort', at: columnIds.indexOf(view.sort.column) }),
  r: reverse,
  c: (view) => at(view, { kind: 'columns', at: 0 }),
  g: (view) => ({ ...view, grouping: after(groupings, view.grouping) }),
}
/** Those that need a container. */
const rowKeys: Readonly<Partial<Record<Key, (view: View, id: string) => View>>> = {
  o: (view, id) => at(view, { kind: 'container', id }),
  enter: (view, id) => at(view, { kind: 'container', id }),
  l: openLogs,
}

function openHelp(view: View): View {
  return at(view, { kind: 'help', back: view.page })
}

function openFilter(view: View): View {
  return at(view, { kind: 'filter', before: view.filterText })
}

function reverse(view: View): View {
  return { ...view, sort: { ...view.sort, isFalling: !view.sort.isFalling } }
}

function pressInFilter(view: View, page: Page & { kind: 'filter' }, key: Key): View {
  switch (key) {
    case 'enter':
      return at(view, { kind: 'table' })
    case 'escape':
      return at({ ...view, filterText: page.before }, { kind: 'table' })
    case 'backspace':
      return { ...view, filterText: withoutLastSign(view.filterText) }
    case 'ctrl-u':
      return { ...view, filterText: '' }
    default:
      // Names of keys are longer than one sign.
      return Array.from(key).length === 1 ? { ...view, filterText: view.filterText + key } : view
  }
}

function pressInSort(view: View, place: number, key: Key): View {
  const moved = moveTo(place, key, { count: columnIds.length, pageRows: columnIds.length })
  if (moved !== undefined) return at(view, { kind: 'sort', at: moved })
  const column = columnIds[place]
  if (column !== undefined && (key === 'enter' || key === ' ')) {
    const isSame = column === view.sort.column
    return at({ ...view, sort: isSame ? view.sort : sortBy(column) }, { kind: 'table' })
  }
  if (key === 'r') return reverse(view)
  return isBack(key) || key === 's' ? at(view, { kind: 'table' }) : view
}

function pressInColumns(view: View, place: number, key: Key): View {
  const { columns } = view
  const moved = moveTo(place, key, { count: columns.length, pageRows: columns.length })
  if (moved !== undefined) return at(view, { kind: 'columns', at: moved })
  switch (key) {
    case ' ':
    case 'enter':
      return {
        ...view,
        columns: columns.map((column, index) =>
          // A row without a name could not be told from another.
          index === place && column.id !== 'name'
            ? { ...column, isShown: !column.isShown }
            : column,
        ),
      }
    case 'left':
    case 'K':
      return swap(view, place, place - 1)
    case 'right':
    case 'J':
      return swap(view, place, place + 1)
    case 'c':
      return at(view, { kind: 'table' })
    default:
      return isBack(key) ? at(view, { kind: 'table' }) : view
  }
}

function leaveHelp(view: View, page: Page & { kind: 'help' }, key: Key): View {
  return isBack(key) || isHelp(key) || key === 'enter' ? at(view, page.back) : view
}

function pressInContainer(view: View, page: Page & { kind: 'container' }, key: Key): View {
  if (isHelp(key)) return openHelp(view)
  if (key === 'l') return openLogs(view, page.id)
  return isBack(key) || key === 'o' || key === 'left' ? at(view, { kind: 'table' }) : view
}

function pressInLogs(
  view: View,
  page: Page & { kind: 'logs' },
  { key, around }: { readonly key: Key; readonly around: Surroundings },
): View {
  if (isHelp(key)) return openHelp(view)
  if (isBack(key) || key === 'l' || key === 'left') return at(view, page.back)
  if (key === 't') return { ...view, hasTimes: !view.hasTimes }
  const { first, newest } = around.logs
  const count = newest - first + 1
  const moved = moveTo((page.until ?? newest) - first, key, { count, pageRows: around.pageRows })
  if (moved === undefined) return view
  // At the end one follows what comes.
  return at(view, { ...page, until: first + moved >= newest ? undefined : first + moved })
}

function openLogs(view: View, id: string): View {
  return at(view, { kind: 'logs', id, back: view.page, until: undefined })
}

/** Where the cursor goes in a list of so many; undefined when the key is none that moves it. */
function moveTo(
  place: number,
  key: Key,
  { count, pageRows }: { readonly count: number; readonly pageRows: number },
): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    up: -1,
    k: -1,
    down: 1,
    j: 1,
    pageUp: -pageRows,
    pageDown: pageRows,
    home: -count,
    end: count,
    G: count,
  }
  const step = steps[key]
  return step === undefined ? undefined : Math.max(0, Math.min(count - 1, place + step))
}

function indexOfChosen({ chosenId }: View, { ids }: Surroundings): number {
  return Math.max(0, ids.indexOf(chosenId))
}

function swap(view: View, from: number, to: number): View {
  const columns = [...view.columns]
  const [moved, other] = [columns[from], columns[to]]
  if (moved === undefined || other === undefined) return view
  columns[from] = other
  columns[to] = moved
  return at({ ...view, columns }, { kind: 'columns', at: to })
}

function at(view: View, page: Page): View {
  return { ...view, page }
}

function after<Item>(items: readonly Item[], item: Item): Item {
  return items[(items.indexOf(item) + 1) % items.length] ?? item
}

function withoutLastSign(text: string): string {
  return Array.from(text).slice(0, -1).join('')
}

function isBack(key: Key): boolean {
  return key === 'escape' || key === 'q' || key === 'backspace'
}

function isHelp(key: Key): boolean {
  return key === '?' || key === 'h'
}
