import type { ScalarTable } from '../data/metric-answers.ts'

type Row = ScalarTable['rows'][number]

/** What rows are sorted by. */
export interface RowOrder {
  /** The column's number; -1 for the names of the groups. */
  readonly by: number
  readonly order: 'asc' | 'desc'
}

/** Rows in the order of one column, those without a value last; equal ones by their names. */
export function sortRows(rows: readonly Row[], { by, order }: RowOrder): readonly Row[] {
  const sign = order === 'asc' ? 1 : -1
  return rows.toSorted((left, right) => {
    if (by < 0) return sign * compareNames(left, right)
    const [one = null, other = null] = [left.values[by], right.values[by]]
    if (one === null || other === null) {
      if (one === other) return compareNames(left, right)
      return one === null ? 1 : -1
    }
    return one === other ? compareNames(left, right) : sign * (one - other)
  })
}

/** The numbers in names count: `web-2` comes before `web-10`. */
function compareNames(left: Row, right: Row): number {
  return left.groups.join('\n').localeCompare(right.groups.join('\n'), undefined, { numeric: true })
}
