import type { Frame } from './frame.ts'

/** Numbers of several formulas side by side: a row for each group that any of them has. */
export interface ScalarTable {
  /** Keys of the groups. */
  readonly keys: readonly string[]
  readonly rows: readonly ScalarRow[]
}

export interface ScalarRow {
  /** The value of each key, undefined where no formula is grouped by it. */
  readonly groups: readonly (string | undefined)[]
  /** What each formula has, NaN for nothing. */
  readonly values: readonly number[]
}

/** Which rows are kept: those with the most, or the least, of one formula. */
export interface RowLimit {
  readonly column: number
  readonly count: number
  readonly order: 'asc' | 'desc'
}

/** Puts frames of one interval side by side; rows come in the order of the frames, or of the limit. */
export function toScalarTable(frames: readonly Frame[], limit?: RowLimit): ScalarTable {
  const all = frames.flatMap(({ series }) => series)
  const keys = [...new Set(all.flatMap(({ groups }) => groups.map(([key]) => key)))]
  const rows = new Map<string, { groups: (string | undefined)[]; values: number[] }>()
  for (const [column, { series }] of frames.entries()) {
    for (const one of series) {
      const valueOf = new Map(one.groups)
      const groups = keys.map((key) => valueOf.get(key))
      const id = JSON.stringify(groups)
      const row = rows.get(id) ?? { groups, values: frames.map(() => Number.NaN) }
      row.values[column] = one.values[0] ?? Number.NaN
      rows.set(id, row)
    }
  }
  const listed = [...rows.values()]
  return { keys, rows: limit === undefined ? listed : limitRows(listed, limit) }
}

function limitRows(
  rows: readonly ScalarRow[],
  { column, count, order }: RowLimit,
): readonly ScalarRow[] {
  const sign = order === 'asc' ? 1 : -1
  const rank = ({ values }: ScalarRow): number => {
    const value = (values[column] ?? Number.NaN) * sign
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value
  }
  const ordered = rows.toSorted((one, other) => {
    const [first, second] = [rank(one), rank(other)]
    return first === second ? 0 : first - second
  })
  return ordered.slice(0, count)
}
