import type { ConditionalFormat, NumberFormat } from '../../../src/api/contract/dashboards.ts'
import { locale } from '../messages/message.ts'
import { columnScaleFor, scaleFor } from '../units/metric-unit.ts'

/** How all numbers of one column are written. */
export interface NumberScale {
  /** What stands behind a number; empty for numbers of nothing in particular. */
  readonly unit: string
  /** The number alone; `–` for none. */
  readonly numberText: (value: number | null | undefined) => string
}

/**
 * The scale for a column: in the unit that keeps its numbers short, or as the widget wants it.
 * @param unit The metric's own, which a unit of the widget takes the place of.
 */
export function numberScale(
  unit: string,
  values: readonly (number | null)[],
  format: NumberFormat,
): NumberScale {
  const { precision, isAutoscaled, unit: wanted = unit } = format
  if (isAutoscaled) return columnScaleFor(wanted, values, precision)
  const { unit: bareUnit } = scaleFor(wanted, [])
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: precision ?? 0,
    maximumFractionDigits: precision ?? 2,
  })
  return {
    unit: bareUnit,
    numberText: (value) => (value === null || value === undefined ? '–' : number.format(value)),
  }
}

/** The state that a number stands for: that of the first condition which holds; none for a number that is not there. */
export function stateOf(
  value: number | null | undefined,
  conditions: readonly ConditionalFormat[],
): ConditionalFormat['state'] | undefined {
  if (value === null || value === undefined) return undefined
  return conditions.find((condition) => holds(value, condition))?.state
}

function holds(value: number, { comparator, value: bound }: ConditionalFormat): boolean {
  switch (comparator) {
    case '>':
      return value > bound
    case '>=':
      return value >= bound
    case '<':
      return value < bound
    case '<=':
      return value <= bound
    case '=':
      return value === bound
  }
}
