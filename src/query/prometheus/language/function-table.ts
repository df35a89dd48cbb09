import type { ValueType } from './promql.ts'

/** What a function takes and gives. */
export interface FunctionSignature {
  readonly takes: readonly ValueType[]
  /** How many of `takes`, from the end, may be left out. */
  readonly optional: number
  /** The last of `takes` may come again and again. */
  readonly isVariadic: boolean
  readonly gives: ValueType
}

const vector: FunctionSignature = {
  takes: ['instant vector'],
  optional: 0,
  isVariadic: false,
  gives: 'instant vector',
}
const range: FunctionSignature = { ...vector, takes: ['range vector'] }
const constant: FunctionSignature = { ...vector, takes: [], gives: 'scalar' }
const date: FunctionSignature = { ...vector, optional: 1 }

function entries(
  names: string,
  signature: FunctionSignature,
): readonly (readonly [string, FunctionSignature])[] {
  return names.split(' ').map((name) => [name, signature])
}

/**
 * The functions that are answered, by name.
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/
 */
export const functionTable: ReadonlyMap<string, FunctionSignature> = new Map([
  ...entries('abs ceil exp floor ln log10 log2 sgn sqrt deg rad', vector),
  ...entries('acos acosh asin asinh atan atanh cos cosh sin sinh tan tanh', vector),
  ...entries('absent sort sort_desc timestamp', vector),
  ...entries('day_of_month day_of_week day_of_year days_in_month hour minute month year', date),
  ...entries('pi time', constant),
  ...entries('rate increase irate delta idelta deriv changes resets', range),
  ...entries('avg_over_time min_over_time max_over_time sum_over_time count_over_time', range),
  ...entries('last_over_time stddev_over_time stdvar_over_time', range),
  ...entries('present_over_time absent_over_time', range),
  ...entries('clamp', { ...vector, takes: ['instant vector', 'scalar', 'scalar'] }),
  ...entries('clamp_min clamp_max', { ...vector, takes: ['instant vector', 'scalar'] }),
  ...entries('round', { ...vector, takes: ['instant vector', 'scalar'], optional: 1 }),
  ...entries('histogram_quantile', { ...vector, takes: ['scalar', 'instant vector'] }),
  ...entries('quantile_over_time', { ...vector, takes: ['scalar', 'range vector'] }),
  ...entries('predict_linear', { ...vector, takes: ['range vector', 'scalar'] }),
  ...entries('scalar', { ...vector, gives: 'scalar' }),
  ...entries('vector', { ...vector, takes: ['scalar'] }),
  ...entries('label_replace', {
    ...vector,
    takes: ['instant vector', 'string', 'string', 'string', 'string'],
  }),
  ...entries('label_join', {
    ...vector,
    takes: ['instant vector', 'string', 'string', 'string'],
    optional: 1,
    isVariadic: true,
  }),
])

/** How many arguments a function takes: `1 argument`, `1 to 2 arguments`, `at least 3 arguments`. */
export function describeCount({ takes, optional, isVariadic }: FunctionSignature): string {
  const least = takes.length - optional
  if (isVariadic) return `at least ${least} arguments`
  if (optional > 0) return `${least} to ${takes.length} arguments`
  return least === 1 ? '1 argument' : `${least} arguments`
}

/** The type of the n-th argument, undefined where there may be none. */
export function argumentType(signature: FunctionSignature, index: number): ValueType | undefined {
  return signature.takes[index] ?? (signature.isVariadic ? signature.takes.at(-1) : undefined)
}
