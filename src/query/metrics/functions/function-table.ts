import { countFunctions } from './count-functions.ts'
import { cumulativeFunctions } from './cumulative-functions.ts'
import { differenceFunctions } from './difference-functions.ts'
import { defaultZero } from './default-zero.ts'
import { excludeNull } from './exclude-null.ts'
import type { MetricFunction } from './metric-function.ts'
import { movingRollup } from './moving-rollup.ts'
import { rankFunctions } from './rank-functions.ts'
import { shiftFunctions } from './shift-functions.ts'
import { smoothingFunctions } from './smoothing-functions.ts'
import { valueFunctions } from './value-functions.ts'

/** All functions of the language by name; a test compares them with `functionSignatures`. */
export const metricFunctions: ReadonlyMap<string, MetricFunction> = new Map(
  Object.entries({
    ...valueFunctions,
    ...differenceFunctions,
    ...cumulativeFunctions,
    ...smoothingFunctions,
    ...rankFunctions,
    ...countFunctions,
    ...shiftFunctions,
    moving_rollup: movingRollup,
    default_zero: defaultZero,
    exclude_null: excludeNull,
  }),
)

/**
 * A function that the language knows.
 * @throws {TypeError} When it is none.
 */
export function functionNamed(name: string): MetricFunction {
  const found = metricFunctions.get(name)
  if (found === undefined) throw new TypeError(`Cannot find the function ${name}`)
  return found
}
