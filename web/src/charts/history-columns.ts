import type { Curve } from '../data/metric-answers.ts'

/** A value, null for a gap, `undefined` where only another line has an interval. */
export type Cell = number | null | undefined

/** Curves on one axis of time. */
export interface HistoryColumns {
  /** Unix seconds, rising. */
  readonly timesS: number[]
  /** What each curve has, as it was answered. */
  readonly values: Cell[][]
  /** What is drawn of it: the same, but for stacked curves and such as a logarithmic axis cannot show. */
  readonly drawn: Cell[][]
}

/** Values each second may be late or missing for so long before it is a gap. */
const bridgedS = 2

/** Puts curves side by side, one row for each second that any of them has an interval at. */
export function layOutCurves(
  curves: readonly Pick<Curve, 'startS' | 'intervalS' | 'values'>[],
  { isStacked, isLog }: { readonly isStacked: boolean; readonly isLog: boolean },
): HistoryColumns {
  const seconds = new Set<number>()
  for (const { startS, intervalS, values } of curves) {
    values.forEach((_value, index) => seconds.add(startS + index * intervalS))
  }
  const timesS = [...seconds].toSorted((left, right) => left - right)
  const rowOf = new Map(timesS.map((second, row) => [second, row]))
  const values = curves.map((curve) => columnOf(curve, rowOf))
  const stacked = isStacked ? stack(values) : values
  return { timesS, values, drawn: isLog ? stacked.map(withoutZeros) : stacked }
}

function columnOf(
  { startS, intervalS, values }: Pick<Curve, 'startS' | 'intervalS' | 'values'>,
  rowOf: ReadonlyMap<number, number>,
): Cell[] {
  const column = Array.from({ length: rowOf.size }, (): Cell => undefined)
  const bridged = Math.floor(bridgedS / intervalS)
  let missing = 0
  values.forEach((value, index) => {
    missing = value === null ? missing + 1 : 0
    const isGap = value !== null || isLongGap(values, { index, missing, bridged })
    const row = rowOf.get(startS + index * intervalS)
    if (isGap && row !== undefined) column[row] = value
  })
  return column
}

/** Whether the missing values around a place are too many to be bridged, or at an end. */
function isLongGap(
  values: readonly (number | null)[],
  place: { readonly index: number; readonly missing: number; readonly bridged: number },
): boolean {
  const { index, missing, bridged } = place
  if (missing > bridged) return true
  let next = index
  while (next < values.length && values[next] === null && next - index <= bridged) next += 1
  return missing + (next - index) - 1 > bridged
}

/** Each column on top of those after it, so that the first, which is the highest, is drawn first. */
function stack(columns: readonly Cell[][]): Cell[][] {
  const below: number[] = []
  const stacked = columns.toReversed().map((column) =>
    column.map((value, row) => {
      if (value === null || value === undefined) return value
      below[row] = (below[row] ?? 0) + value
      return below[row]
    }),
  )
  return stacked.toReversed()
}

function withoutZeros(column: Cell[]): Cell[] {
  return column.map((value) => (typeof value === 'number' && value <= 0 ? null : value))
}
