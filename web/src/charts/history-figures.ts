import type { Curve } from '../data/metric-answers.ts'
import { scaleFor, type UnitScale } from '../units/metric-unit.ts'
import type { Cell } from './stack-columns.ts'

/** What stands for all values of a curve. */
export interface CurveFigures {
  /** `undefined` when a curve has no values. */
  readonly min: number | undefined
  readonly avg: number | undefined
  readonly max: number | undefined
  readonly last: number | undefined
  readonly sum: number | undefined
}

/** Least, mean, greatest, last and sum of the values of a curve; gaps count for nothing. */
export function curveFigures({ values }: Pick<Curve, 'values'>): CurveFigures {
  const known = values.filter((value) => value !== null)
  const sum = known.reduce((before, value) => before + value, 0)
  if (known.length === 0) {
    return { min: undefined, avg: undefined, max: undefined, last: undefined, sum: undefined }
  }
  return {
    min: known.reduce((least, value) => Math.min(least, value)),
    avg: sum / known.length,
    max: known.reduce((greatest, value) => Math.max(greatest, value)),
    last: known.at(-1),
    sum,
  }
}

/** One scale for each unit, in the order in which units first come: the first is that of the axis at the left. */
export function unitScales(
  columns: readonly { readonly unit: string; readonly values: readonly Cell[] }[],
): ReadonlyMap<string, UnitScale> {
  const byUnit = Map.groupBy(columns, ({ unit }) => unit)
  return new Map(
    [...byUnit].map(([unit, alike]) => [
      unit,
      scaleFor(
        unit,
        alike.flatMap(({ values }) => values),
      ),
    ]),
  )
}
