import { isRunning, type LiveRow } from '../../data/live-row.ts'
import { language, say } from '../../messages/message.ts'
import { findColumn, type Column } from './columns.ts'
import { matchesFilter } from './match-filter.ts'
import type { Filter } from './parse-filter.ts'
import type { GroupBy, Sort, View } from './view.ts'

/** One line of the table: the head of a group, or a container. */
export type Line =
  | { readonly kind: 'group'; readonly name: string; readonly rows: readonly LiveRow[] }
  | { readonly kind: 'row'; readonly row: LiveRow }

const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' })

/** The lines to show: those that the scope and the filter let through, sorted, below the heads of their groups. */
export function arrangeRows(
  rows: Iterable<LiveRow>,
  view: Pick<View, 'scope' | 'sort' | 'group'> & {
    readonly filter: Filter
    /** Only of this host; empty for all. */
    readonly host: string
  },
  nowMs: number,
): readonly Line[] {
  const passing = [...rows].filter(
    (row) =>
      (view.host === '' || row.container.host === view.host) &&
      (view.scope === 'all' || isRunning(row.container)) &&
      matchesFilter(view.filter, row, nowMs),
  )
  const sorted = sortRows(passing, view.sort)
  if (view.group === 'none') return sorted.map((row) => ({ kind: 'row', row }))
  return groupRows(sorted, view.group)
}

/** A sorted copy. Rows without the value come last in either direction; equal ones stand by name. */
export function sortRows(rows: readonly LiveRow[], { column: id, isFalling }: Sort): LiveRow[] {
  const column = findColumn(id)
  if (column === undefined) return [...rows]
  const keyed = rows.map((row) => ({ row, value: column.value(row) }))
  const sign = isFalling ? -1 : 1
  keyed.sort(
    (left, right) => compareValues(left.value, right.value, sign) || byName(left.row, right.row),
  )
  return keyed.map(({ row }) => row)
}

/** Whether two arrangements show the same lines in the same places. */
export function isSameArrangement(left: readonly Line[], right: readonly Line[]): boolean {
  return left.length === right.length && left.every((line, index) => isSameLine(line, right[index]))
}

type Value = ReturnType<Column['value']>

function compareValues(left: Value, right: Value, sign: 1 | -1): number {
  if (left === undefined || right === undefined) {
    return Number(left === undefined) - Number(right === undefined)
  }
  if (typeof left === 'number' && typeof right === 'number') return sign * (left - right)
  return sign * collator.compare(String(left), String(right))
}

function byName(left: LiveRow, right: LiveRow): number {
  return (
    collator.compare(left.container.name, right.container.name) ||
    collator.compare(left.container.id, right.container.id)
  )
}

/** Groups by name; what belongs to none comes last. Inside a group the order stays. */
function groupRows(rows: readonly LiveRow[], by: Exclude<GroupBy, 'none'>): readonly Line[] {
  const groups = Map.groupBy(rows, (row) => groupName(row, by) ?? '')
  const names = [...groups.keys()].toSorted(
    (left, right) => Number(left === '') - Number(right === '') || collator.compare(left, right),
  )
  return names.flatMap((name) => {
    const members = groups.get(name) ?? []
    const head: Line = { kind: 'group', name: name || say('group.without'), rows: members }
    return [head, ...members.map((row): Line => ({ kind: 'row', row }))]
  })
}

function groupName({ container }: LiveRow, by: Exclude<GroupBy, 'none'>): string | null {
  switch (by) {
    case 'project':
      return container.project
    case 'service':
      return container.service
    case 'image':
      return container.image
    case 'host':
      return container.host
  }
}

function isSameLine(left: Line, right: Line | undefined): boolean {
  if (left.kind === 'row') return right?.kind === 'row' && left.row === right.row
  return (
    right?.kind === 'group' && left.name === right.name && left.rows.length === right.rows.length
  )
}
