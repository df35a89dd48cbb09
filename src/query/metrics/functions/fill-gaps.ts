import type { Fill } from '../../metric-language/expression.ts'

/**
 * The values with gaps filled, from the first point on: with 0, with what was there last, or on the line to the next
 * point, as long as the last point is no further away than the limit. What comes before the first point stays missing,
 * and for `linear` what comes after the last one.
 * @see https://docs.datadoghq.com/metrics/guide/interpolation-the-fill-modifier-explained/
 */
export function fillGaps(values: Float64Array, fill: Fill, intervalS: number): Float64Array {
  const limit = Math.floor((fill.limitS ?? Number.POSITIVE_INFINITY) / intervalS)
  const filled = values.slice()
  let last: number | undefined
  for (const [n, value] of values.entries()) {
    if (Number.isNaN(value)) continue
    if (last !== undefined) fillGap(filled, fill.with, { last, next: n, limit })
    last = n
  }
  if (last !== undefined && fill.with !== 'linear') {
    fillGap(filled, fill.with, { last, next: values.length, limit })
  }
  return filled
}

interface Gap {
  /** Where the points on both sides are. */
  readonly last: number
  readonly next: number
  /** How many intervals after the last point may be filled. */
  readonly limit: number
}

function fillGap(values: Float64Array, how: Fill['with'], { last, next, limit }: Gap): void {
  const before = values[last] ?? Number.NaN
  const perInterval = ((values[next] ?? Number.NaN) - before) / (next - last)
  for (let n = last + 1; n < next && n - last <= limit; n += 1) {
    values[n] = substitute(how, { before, perInterval, distance: n - last })
  }
}

interface MissingPoint {
  readonly before: number
  readonly perInterval: number
  readonly distance: number
}

function substitute(how: Fill['with'], { before, perInterval, distance }: MissingPoint): number {
  switch (how) {
    case 'null':
      return Number.NaN
    case 'zero':
      return 0
    case 'last':
      return before
    case 'linear':
      return before + perInterval * distance
  }
}
