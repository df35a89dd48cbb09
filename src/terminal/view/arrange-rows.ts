import {
  matchesFilter,
  type FilterWorld,
} from '../../api/contract/container-filter/match-filter.ts'
import { parseFilter } from '../../api/contract/container-filter/parse-filter.ts'
import { hasJustEnded, isRunning, type LiveRow } from '../live/live-row.ts'
import { findColumn } from './columns.ts'
import type { Grouping, View } from './view.ts'

/** What a table shows, from the top. */
export type TableItem =
  | { readonly kind: 'group'; readonly name: string; readonly rows: readonly LiveRow[] }
  | { readonly kind: 'row'; readonly row: LiveRow }

/** The rows that the view asks for, in its order; rows of a group follow its heading. */
export function arrangeRows(
  rows: Iterable<LiveRow>,
  view: View,
  world: FilterWorld,
): readonly TableItem[] {
  const filter = parseFilter(view.filterText)
  const shown: LiveRow[] = []
  for (const row of rows) {
    if (view.host !== '' && row.container.host !== view.host) continue
    if (!view.isAll && !isRunning(row) && !hasJustEnded(row, world.nowMs)) continue
    if (matchesFilter(filter, row, world)) shown.push(row)
  }
  const sorted = sortRows(shown, view, world.nowMs)
  return view.grouping === 'none'
    ? sorted.map((row) => ({ kind: 'row', row }))
    : gather(sorted, view.grouping)
}

/** Values are read once for each row, not for each comparison. */
function sortRows(rows: readonly LiveRow[], { sort }: View, nowMs: number): readonly LiveRow[] {
  const { rank } = findColumn(sort.column)
  const turn = sort.isFalling ? -1 : 1
  return rows
    .map((row) => ({ row, value: rank(row, nowMs) }))
    .toSorted((a, b) => compare(a.value, b.value, turn) || compareNames(a.row, b.row))
    .map(({ row }) => row)
}

type Value = number | string | undefined

function compare(a: Value, b: Value, turn: number): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b ? -turn : turn
}

function compareNames({ container: a }: LiveRow, { container: b }: LiveRow): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.id < b.id ? -1 : 1
}

function gather(rows: readonly LiveRow[], grouping: Grouping): readonly TableItem[] {
  const groups = Map.groupBy(rows, (row) => groupOf(row, grouping))
  return [...groups].flatMap(([name, members]): TableItem[] => [
    { kind: 'group', name, rows: members },
    ...members.map((row) => ({ kind: 'row' as const, row })),
  ])
}

function groupOf({ container }: LiveRow, grouping: Grouping): string {
  if (grouping === 'host') return container.host
  if (grouping === 'image') return container.shortImage
  return container.project ?? 'no project'
}
