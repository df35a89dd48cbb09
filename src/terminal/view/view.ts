import { columnIds, findColumn, type ColumnId } from './columns.ts'

/** A column, and whether its highest value comes first. */
export interface Sort {
  readonly column: ColumnId
  readonly isFalling: boolean
}

/** What rows can be gathered by. */
export const groupings = ['none', 'project', 'image', 'host'] as const
export type Grouping = (typeof groupings)[number]

/** Which screen is shown, and where in it one is. */
export type Page =
  | { readonly kind: 'table' }
  /** The filter is being written; `before` comes back with Escape. */
  | { readonly kind: 'filter'; readonly before: string }
  | { readonly kind: 'sort'; readonly at: number }
  | { readonly kind: 'columns'; readonly at: number }
  | { readonly kind: 'container'; readonly id: string }
  | {
      readonly kind: 'logs'
      readonly id: string
      readonly back: Page
      /** The last line that is shown, by its number; undefined follows the newest. */
      readonly until: number | undefined
    }
  | { readonly kind: 'help'; readonly back: Page }
  | { readonly kind: 'end' }

/** All that the one at the keys has chosen. */
export interface View {
  readonly page: Page
  readonly filterText: string
  readonly isAll: boolean
  /** Only this host; empty for all. */
  readonly host: string
  readonly sort: Sort
  /** In their order from the left. */
  readonly columns: readonly { readonly id: ColumnId; readonly isShown: boolean }[]
  readonly grouping: Grouping
  /** The container that the cursor is on; empty for the first. */
  readonly chosenId: string
  /** Whether log lines carry their time. */
  readonly hasTimes: boolean
}

/** How it starts: what runs, the highest CPU first. */
export const firstView: View = {
  page: { kind: 'table' },
  filterText: '',
  isAll: false,
  host: '',
  sort: { column: 'cpu', isFalling: true },
  columns: columnIds.map((id) => ({ id, isShown: findColumn(id).isShownAtFirst })),
  grouping: 'none',
  chosenId: '',
  hasTimes: true,
}

/** The order in which a column is first wanted: names from A, figures from the highest. */
export function sortBy(column: ColumnId): Sort {
  const isFalling = findColumn(column).isNumber
  return { column, isFalling }
}
