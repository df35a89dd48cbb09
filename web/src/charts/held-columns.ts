import type { Cell } from './stack-columns.ts'

/**
 * Sample and hold: between two readings of a figure nothing is known of it but the last one, so a sum with figures that are read more
 * often takes that. A straight line to the next reading would tell of values that nobody read, from a future that was not known then.
 * It holds for its own interval and what may be late, as Prometheus takes the newest sample back to a bound and then none.
 *
 * What a column stands at in each row: its value there, or else the last one, for as long as that holds. A gap lasts until the next
 * value. `undefined` where it stands at nothing: before its first value, and once the last one does not hold any more.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#staleness
 * @param holdsS For how many seconds a value stands that was read at a second.
 */
export function holdColumn(
  timesS: readonly number[],
  column: readonly Cell[],
  holdsS: (readS: number) => number,
): Cell[] {
  let held: Cell
  let readS = 0
  return timesS.map((timeS, row) => {
    const value = column[row]
    if (value !== undefined) {
      held = value
      readS = timeS
    }
    const isOver = typeof held === 'number' && timeS - readS > holdsS(readS)
    return isOver ? undefined : held
  })
}
