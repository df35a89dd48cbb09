import { areaBelow } from './cumulative-functions.ts'

/**
 * What the values of a time come to as one number: by `max`, `min`, `sum`, `last`, `area` (the area below, in value
 * seconds), `l2norm`, else their mean. NaN when there are none.
 * @see https://docs.datadoghq.com/dashboards/functions/rank/
 */
export function figureOf(values: Float64Array, method: string, intervalS: number): number {
  const present = values.filter((value) => !Number.isNaN(value))
  if (present.length === 0) return Number.NaN
  switch (method) {
    case 'max':
      return present.reduce((one, other) => Math.max(one, other))
    case 'min':
      return present.reduce((one, other) => Math.min(one, other))
    case 'sum':
      return sum(present)
    case 'last':
      return present.at(-1) ?? Number.NaN
    case 'area':
      return (
        areaBelow(values, intervalS, values.length).findLast((area) => !Number.isNaN(area)) ?? 0
      )
    case 'l2norm':
      return Math.sqrt(sum(present.map((value) => value ** 2)))
    default:
      return sum(present) / present.length
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
