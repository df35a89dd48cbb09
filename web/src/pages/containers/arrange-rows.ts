import { isRunning, type LiveRow } from '../../data/live-row.ts'
import { language, say } from '../../messages/message.ts'
import { findColumn, type Column } from './columns.ts'
import { groupKey, isFolded } from './folding.ts'
import { groupName, untold } from './group-by.ts'
import {
  matchesFilter,
  type FilterWorld,
} from '../../../../src/api/contract/container-filter/match-filter.ts'
import type { Filter } from '../../../../src/api/contract/container-filter/parse-filter.ts'
import type { Sort, View } from './view.ts'

/** The head of a group, which stands before the lines of its own. */
export interface GroupLine {
  readonly kind: 'group'
  readonly key: string
  readonly name: string
  /** 0 for an outer group, 1 for one inside another. */
  readonly depth: number
  /** All containers of the group, its inner groups' too. */
  readonly rows: readonly LiveRow[]
  /** Whether its lines are left out. */
  readonly isFolded: boolean
}

/** One line of the table: the head of a group, or a container. */
export type Line = GroupLine | { readonly kind: 'row'; readonly row: LiveRow }

/** What decides which lines there are, and where. */
export type Arrangement = Pick<View, 'scope' | 'sort' | 'groups' | 'folding'> & {
  readonly filter: Filter
  /** Only of this host; empty for all. */
  readonly host: string
}

const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' })

/** The lines to show: those that the scope and the filter let through, sorted, below the heads of their groups. */
export function arrangeRows(
  rows: Iterable<LiveRow>,
  view: Arrangement,
  world: FilterWorld,
): readonly Line[] {
  const passing = [...rows].filter(
    (row) =>
      (view.host === '' || row.container.host === view.host) &&
      (view.scope === 'all' || isRunning(row.container)) &&
      matchesFilter(view.filter, row, world),
  )
  return groupRows(sortRows(passing, view.sort), { ...view, ...world }, [])
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

/** How many containers the lines stand for, folded away or not. */
export function countContainers(lines: readonly Line[]): number {
  return lines.reduce(
    (sum, line) => {
      if (line.kind === 'group') return line.depth === 0 ? sum + line.rows.length : sum
      return sum
    },
    lines[0]?.kind === 'row' ? lines.length : 0,
  )
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

/** Groups by name; what belongs to none comes last, and after it that of which it is not known yet. Inside a group the order stays. */
function groupRows(
  rows: readonly LiveRow[],
  view: Pick<View, 'groups' | 'folding'> & Pick<FilterWorld, 'labelOf'>,
  outer: readonly string[],
): readonly Line[] {
  const by = view.groups[outer.length]
  if (by === undefined) return rows.map((row) => ({ kind: 'row', row }))
  const groups = Map.groupBy(rows, (row) => groupName(row.container, by, view.labelOf))
  const names = [...groups.keys()].toSorted(
    (left, right) => lastness(left) - lastness(right) || collator.compare(left, right),
  )
  return names.flatMap((name) => {
    const members = groups.get(name) ?? []
    const path = [...outer, name]
    const key = groupKey(path)
    const folded = isFolded(view.folding, key)
    const head: Line = {
      kind: 'group',
      key,
      name: name || say('group.without'),
      depth: outer.length,
      rows: members,
      isFolded: folded,
    }
    return folded ? [head] : [head, ...groupRows(members, view, path)]
  })
}

function lastness(name: string): number {
  return name === untold ? 2 : Number(name === '')
}

function isSameLine(left: Line, right: Line | undefined): boolean {
  if (left.kind === 'row') return right?.kind === 'row' && left.row === right.row
  return (
    right?.kind === 'group' &&
    left.key === right.key &&
    left.isFolded === right.isFolded &&
    left.rows.length === right.rows.length &&
    left.rows.every((row, index) => row === right.rows[index])
  )
}
