import { calendarShiftPattern, isTimeZone } from './calendar-shift.ts'

/** One value that stands after the query in a call. */
export type OptionRule =
  | {
      readonly kind: 'number'
      readonly from: number
      readonly to: number
      readonly isWhole: boolean
      readonly expected: string
    }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | {
      readonly kind: 'text'
      readonly isValid: (text: string) => boolean
      readonly expected: string
    }

/** What a function takes beside its query. */
export interface FunctionSignature {
  readonly options: readonly OptionRule[]
  /** How many of the options have to be there. */
  readonly required: number
  /** How it is written. */
  readonly example: string
}

/** By what a series is ranked. */
const rankMethods = ['mean', 'max', 'min', 'sum', 'last', 'area', 'l2norm'] as const

/** How `moving_rollup()` makes one value of several. */
const movingMethods = ['avg', 'min', 'max', 'sum', 'count'] as const

/** Spans of `ewma_3()` and so on, in points. */
export const ewmaSpans = [1, 3, 5, 7, 10, 20] as const
/** Spans of `median_3()` and so on, in points. */
export const medianSpans = [3, 5, 7, 9] as const
/** How many series `top5()` and so on keep. */
export const shortRankCounts = [5, 10, 15, 20] as const
/** By what `top5_max()` and so on rank. */
export const shortRankMethods = ['mean', 'min', 'max', 'last', 'area', 'l2norm'] as const

/** Functions that make one series of all. */
export const ungroupingFunctions: ReadonlySet<string> = new Set([
  'dt',
  'count_nonzero',
  'count_not_null',
])

/** Ten years. */
const maxShiftS = 315_360_000

const plainNames = [
  'abs',
  'log2',
  'log10',
  'cumsum',
  'integral',
  'diff',
  'monotonic_diff',
  'dt',
  'derivative',
  'per_second',
  'per_minute',
  'per_hour',
  'throughput',
  'default_zero',
  'exclude_null',
  'count_nonzero',
  'count_not_null',
  'hour_before',
  'day_before',
  'week_before',
  'month_before',
  ...ewmaSpans.map((span) => `ewma_${span}`),
  ...medianSpans.map((span) => `median_${span}`),
  ...['top', 'bottom'].flatMap((side) =>
    shortRankCounts.flatMap((count) => [
      `${side}${count}`,
      ...shortRankMethods.map((method) => `${side}${count}_${method}`),
    ]),
  ),
]

const anyNumber: OptionRule = {
  kind: 'number',
  from: -Number.MAX_VALUE,
  to: Number.MAX_VALUE,
  isWhole: false,
  expected: 'a number',
}

const seriesCount: OptionRule = {
  kind: 'number',
  from: 1,
  to: 1000,
  isWhole: true,
  expected: 'a number of series from 1 to 1000',
}

/**
 * All functions by name, with what they take.
 * @see https://docs.datadoghq.com/dashboards/functions/
 */
export const functionSignatures: ReadonlyMap<string, FunctionSignature> = new Map([
  ...plainNames.map((name): [string, FunctionSignature] => [
    name,
    { options: [], required: 0, example: `${name}(query)` },
  ]),
  ...['clamp_min', 'clamp_max', 'cutoff_min', 'cutoff_max', 'pow'].map(
    (name): [string, FunctionSignature] => [
      name,
      { options: [anyNumber], required: 1, example: `${name}(query, 100)` },
    ],
  ),
  [
    'top',
    {
      options: [
        seriesCount,
        { kind: 'choice', choices: rankMethods },
        { kind: 'choice', choices: ['desc', 'asc'] },
      ],
      required: 1,
      example: `top(query, 10, 'mean', 'desc')`,
    },
  ],
  [
    'bottom',
    {
      options: [seriesCount, { kind: 'choice', choices: rankMethods }],
      required: 1,
      example: `bottom(query, 10, 'mean')`,
    },
  ],
  [
    'moving_rollup',
    {
      options: [
        {
          kind: 'number',
          from: 1,
          to: maxShiftS,
          isWhole: true,
          expected: `a whole number of seconds from 1 to ${maxShiftS}`,
        },
        { kind: 'choice', choices: movingMethods },
      ],
      required: 2,
      example: `moving_rollup(query, 300, 'avg')`,
    },
  ],
  [
    'timeshift',
    {
      options: [
        {
          kind: 'number',
          from: -maxShiftS,
          to: -1,
          isWhole: true,
          expected: `a whole number of seconds from -${maxShiftS} to -1`,
        },
      ],
      required: 1,
      example: 'timeshift(query, -3600)',
    },
  ],
  [
    'calendar_shift',
    {
      options: [
        {
          kind: 'text',
          isValid: (text) => calendarShiftPattern.test(text),
          expected: 'days, weeks or months such as "-1d", "-2w" or "-1mo" in quotes',
        },
        {
          kind: 'text',
          isValid: isTimeZone,
          expected: 'a time zone such as "UTC" or "Europe/Paris" in quotes',
        },
      ],
      required: 2,
      example: `calendar_shift(query, '-1mo', 'UTC')`,
    },
  ],
])

/** Functions of Datadog that are not here, with the reason. */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ...['anomalies', 'forecast', 'outliers'].map((name): [string, string] => [
    name,
    'nothing is predicted here',
  ]),
  ...['autosmooth', 'robust_trend', 'trend_line', 'piecewise_constant'].map(
    (name): [string, string] => [name, 'no curve is fitted here'],
  ),
  ...['rollup', 'percentile', 'avg', 'sum', 'min', 'max', 'count', 'stddev'].map(
    (name): [string, string] => [name, 'what was aggregated cannot be aggregated again'],
  ),
  ...['minimum', 'maximum'].map((name): [string, string] => [
    name,
    'queries are combined with +, -, * and / only',
  ]),
])
