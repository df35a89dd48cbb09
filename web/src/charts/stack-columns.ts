/** A value, null for a gap, `undefined` where a column has nothing to say: another one has an interval there, or it is not there yet. */
export type Cell = number | null | undefined

/** The share of an axis that a few pixels take. */
const leastSeen = 0.005

/**
 * Each column on top of those after it, so that the first, which is the highest, is drawn first. The columns say what they stand at
 * in each row ({@link holdColumn}), so that the top is their sum; where one has a gap, those above it stand on what is below it, and
 * {@link partsMissing} tells of it.
 */
export function stackColumns(columns: readonly (readonly Cell[])[]): Cell[][] {
  const below: number[] = []
  const stacked = columns.toReversed().map((column) =>
    column.map((value, row) => {
      if (typeof value !== 'number') return value
      const height = (below[row] ?? 0) + value
      below[row] = height
      return height
    }),
  )
  return stacked.toReversed()
}

/** Which columns have a gap in a row where others are known: the sum there is of less than all parts. */
export function partsMissing(columns: readonly (readonly Cell[])[], row: number): number[] {
  if (!columns.some((column) => typeof column[row] === 'number')) return []
  return columns.flatMap((column, part) => (column[row] === null ? [part] : []))
}

/** From where to where, in the unit of `timesS`, stacked columns are the sum of less than all parts. */
export function partialSpans(
  timesS: readonly number[],
  columns: readonly (readonly Cell[])[],
): readonly (readonly [from: number, to: number])[] {
  const spans: [number, number][] = []
  let isOpen = false
  timesS.forEach((time, row) => {
    const isPartial = partsMissing(columns, row).length > 0
    const open = isOpen ? spans.at(-1) : undefined
    if (isPartial && open === undefined) spans.push([timesS[row - 1] ?? time, time])
    if (open !== undefined) open[1] = time
    isOpen = isPartial
  })
  return spans
}

/** Whether any of the spans is wide enough to be seen on an axis from `fromS` to `toS`. */
export function areSeen(
  spans: ReturnType<typeof partialSpans>,
  { fromS, toS }: { readonly fromS: number; readonly toS: number },
): boolean {
  const leastS = (toS - fromS) * leastSeen
  return spans.some(([from, to]) => Math.min(to, toS) - Math.max(from, fromS) > leastS)
}
