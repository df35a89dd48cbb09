import type { Curve } from '../data/metric-answers.ts'
import { holdColumn } from './held-columns.ts'
import { partialSpans, stackColumns, type Cell } from './stack-columns.ts'

/** Curves on one axis of time. */
export interface HistoryColumns {
  /** Unix seconds, rising. */
  readonly timesS: number[]
  /** What each curve stands at: the value of the interval a row lies in. `undefined` before its first and after its last one. */
  readonly values: Cell[][]
  /** What is drawn of it: the values as they were answered, but for stacked curves and such as a logarithmic axis cannot show. */
  readonly drawn: Cell[][]
  /** From when to when what is stacked is less than its whole, since a part has a gap. */
  readonly partialS: ReturnType<typeof partialSpans>
}

/** Values each second may be late or missing for so long before it is a gap. */
const bridgedS = 2
/** A value stands for its interval, and a little longer: the newest of two curves are not stored in the same moment. */
const heldIntervals = 1.5

/** Puts curves side by side, one row for each second that any of them has an interval at. */
export function layOutCurves(
  curves: readonly Pick<Curve, 'unit' | 'startS' | 'intervalS' | 'values'>[],
  { isStacked, isLog }: { readonly isStacked: boolean; readonly isLog: boolean },
): HistoryColumns {
  const seconds = new Set<number>()
  for (const { startS, intervalS, values } of curves) {
    values.forEach((_value, index) => seconds.add(startS + index * intervalS))
  }
  const timesS = [...seconds].toSorted((left, right) => left - right)
  const rowOf = new Map(timesS.map((second, row) => [second, row]))
  const answered = curves.map((curve) => columnOf(curve, rowOf))
  const values = answered.map((column, index) => {
    const holdsS = heldIntervals * (curves[index]?.intervalS ?? 0)
    return holdColumn(timesS, column, () => Math.max(bridgedS, holdsS))
  })
  const stacked = isStacked ? stackByUnit(curves, values) : answered
  return {
    timesS,
    values,
    drawn: isLog ? stacked.map(withoutZeros) : stacked,
    partialS: isStacked ? partialSpans(timesS, values) : [],
  }
}

/** What is of different units adds up to nothing: each unit has a stack of its own. */
function stackByUnit(
  curves: readonly Pick<Curve, 'unit'>[],
  values: readonly (readonly Cell[])[],
): Cell[][] {
  const drawn: Cell[][] = []
  const places = Map.groupBy(curves.keys(), (index) => curves[index]?.unit)
  for (const alike of places.values()) {
    const stack = stackColumns(alike.map((index) => values[index] ?? []))
    alike.forEach((index, place) => {
      drawn[index] = stack[place] ?? []
    })
  }
  return drawn
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

function withoutZeros(column: Cell[]): Cell[] {
  return column.map((value) => (typeof value === 'number' && value <= 0 ? null : value))
}
