import type { AppliedFunction, PickedQuery } from './query-model.ts'

/** What can be picked, and where it stands: behind the query or around it. */
export interface FunctionChoice extends AppliedFunction {
  readonly place: 'methods' | 'functions'
}

/** The kinds of functions, as they are offered. */
export type FunctionGroup = 'rank' | 'rate' | 'sum' | 'smooth' | 'shift' | 'fill' | 'value'

const around = (name: string, options = ''): FunctionChoice => ({
  name,
  options,
  place: 'functions',
})
const behind = (name: string, options = ''): FunctionChoice => ({ name, options, place: 'methods' })

/** Functions by what they are for, with options to begin with: the text is where these are changed. */
export const functionGroups: Readonly<Record<FunctionGroup, readonly FunctionChoice[]>> = {
  rank: [around('top', "10, 'mean', 'desc'"), around('bottom', "10, 'mean'")],
  rate: [
    behind('as_rate'),
    behind('as_count'),
    around('per_second'),
    around('per_minute'),
    around('per_hour'),
    around('diff'),
    around('monotonic_diff'),
    around('derivative'),
  ],
  sum: [
    behind('rollup', 'sum, 60'),
    behind('rollup', 'avg, 60'),
    behind('rollup', 'max, 60'),
    around('cumsum'),
    around('integral'),
    around('count_nonzero'),
  ],
  smooth: [
    around('moving_rollup', "300, 'avg'"),
    around('ewma_10'),
    around('ewma_20'),
    around('median_5'),
    around('median_9'),
  ],
  shift: [
    around('hour_before'),
    around('day_before'),
    around('week_before'),
    around('timeshift', '-3600'),
  ],
  fill: [
    behind('fill', 'zero'),
    behind('fill', 'last'),
    behind('fill', 'linear'),
    around('default_zero'),
  ],
  value: [around('abs'), around('log10'), around('clamp_min', '0'), around('clamp_max', '100')],
}

/** All of them. */
export const functionChoices: readonly FunctionChoice[] = Object.values(functionGroups).flat()

/** `rollup(sum, 60)` */
export function functionText({ name, options }: AppliedFunction): string {
  return `${name}(${options})`
}

/** The change of a query that applies one more function; a method that it has already is replaced. */
export function applyFunction(query: PickedQuery, choice: FunctionChoice): Partial<PickedQuery> {
  const { name, options, place } = choice
  const before =
    place === 'methods' ? query.methods.filter((one) => !isSame(one, choice)) : query.functions
  return { [place]: [...before, { name, options }] }
}

/** A query is wanted as count or as rate, not as both. */
function isSame({ name }: AppliedFunction, choice: AppliedFunction): boolean {
  return name === choice.name || (name.startsWith('as_') && choice.name.startsWith('as_'))
}
