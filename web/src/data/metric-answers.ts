import type { QueryAnswer, QuerySeries } from '../../../src/api/contract/query.ts'
import type { Span } from './history.ts'
import { fetchJson, postJson } from './request.ts'

/** One line of an answer: a value for each interval from `startS`. */
export interface Curve {
  /** The same for the same line of the next answer; unique within one answer. */
  readonly key: string
  readonly metric: string
  /** The query or formula it comes from, as the server writes it. */
  readonly expression: string
  /** What it was grouped by: `['service', 'web']`, in the order of the question. */
  readonly groups: readonly (readonly [key: string, value: string])[]
  /** As the catalogue spells it: `byte/second`; empty when unknown. */
  readonly unit: string
  /** Unix seconds of the first interval. */
  readonly startS: number
  readonly intervalS: number
  /** null where nothing was stored. */
  readonly values: readonly (number | null)[]
}

/** An answer to a question about time. */
export interface Timeseries {
  readonly curves: readonly Curve[]
  /** What the answer leaves out; empty when nothing. */
  readonly note: string
}

/** One expression of which a single number is made for each group. */
export interface ScalarExpression {
  readonly text: string
  readonly reduce: 'avg' | 'min' | 'max' | 'sum' | 'last' | 'percentile' | 'area' | 'l2norm'
}

/** Numbers by group: one column for each expression that was asked. */
export interface ScalarTable {
  readonly groupKeys: readonly string[]
  /** Of each column. */
  readonly units: readonly string[]
  readonly rows: readonly {
    /** In the order of `groupKeys`; several values of one tag are joined by commas. */
    readonly groups: readonly string[]
    readonly values: readonly (number | null)[]
  }[]
}

/**
 * What expressions in Datadog's language, commas between them, say of a span of time.
 * @throws {RequestError} If they cannot be answered: the server's sentence, and in `at` the place in `text`.
 */
export async function askTimeseries(
  text: string,
  span: Span,
  options: { readonly intervalS?: number; readonly signal?: AbortSignal } = {},
): Promise<Timeseries> {
  const { series, message } = await fetchJson<QueryAnswer>(
    timeseriesPath(text, span, options.intervalS),
    options.signal,
  )
  return { curves: withKeys(series.map(readCurve)), note: message }
}

/** The address that {@link askTimeseries} asks. */
export function timeseriesPath(text: string, { fromS, toS }: Span, intervalS?: number): string {
  const parameters = new URLSearchParams({
    query: text,
    from: String(fromS),
    to: String(toS),
    ...(intervalS !== undefined && { interval: String(intervalS) }),
  })
  return `/api/v1/query?${parameters}`
}

/**
 * One number for each expression and group over a span of time.
 * @throws {RequestError} If they cannot be answered: the server's sentence, and in `at` the place in the expression.
 * @see https://docs.datadoghq.com/api/latest/metrics/#query-scalar-data-across-multiple-products
 */
export async function askScalars(
  expressions: readonly ScalarExpression[],
  { fromS, toS }: Span,
  signal?: AbortSignal,
): Promise<ScalarTable> {
  const names = expressions.map((_expression, index) => `query${index}`)
  const attributes = {
    from: fromS * 1000,
    to: toS * 1000,
    queries: expressions.map(({ text, reduce }, index) => ({
      data_source: 'metrics',
      name: names[index],
      query: text,
      aggregator: reduce,
    })),
    formulas: names.map((formula) => ({ formula })),
  }
  const answer = await postJson<ScalarAnswer>(
    '/api/v2/query/scalar',
    { data: { type: 'scalar_request', attributes } },
    signal,
  )
  return readScalars(answer, names.length)
}

/** Datadog's answer: columns side by side, first those of the groups. */
interface ScalarAnswer {
  readonly data: {
    readonly attributes: {
      readonly columns: readonly (
        | { readonly type: 'group'; readonly name: string; readonly values: readonly string[][] }
        | {
            readonly type: 'number'
            readonly name: string
            readonly values: readonly (number | null)[]
            readonly meta?: { readonly unit?: QuerySeries['unit'] | null }
          }
      )[]
    }
  }
}

function readScalars({ data }: ScalarAnswer, count: number): ScalarTable {
  const { columns } = data.attributes
  const groups = columns.filter((column) => column.type === 'group')
  const numbers = columns.filter((column) => column.type === 'number').slice(0, count)
  const length = Math.max(0, ...columns.map(({ values }) => values.length))
  return {
    groupKeys: groups.map(({ name }) => name),
    units: numbers.map(({ meta }) => unitText(meta?.unit ?? [])),
    rows: Array.from({ length }, (_, row) => ({
      groups: groups.map(({ values }) => values[row]?.join(',') ?? ''),
      values: numbers.map(({ values }) => values[row] ?? null),
    })),
  }
}

function readCurve(series: QuerySeries): Omit<Curve, 'key'> {
  const { metric, expression, tag_set, interval, pointlist, unit, start } = series
  return {
    metric,
    expression,
    groups: tag_set.map(readTag),
    unit: unitText(unit),
    startS: Math.round((pointlist[0]?.[0] ?? start) / 1000),
    intervalS: interval,
    values: pointlist.map(([, value]) => value),
  }
}

function readTag(tag: string): readonly [key: string, value: string] {
  const colon = tag.indexOf(':')
  return colon < 0 ? [tag, ''] : [tag.slice(0, colon), tag.slice(colon + 1)]
}

/** Datadog tells a unit and what it is divided by: `[{name: 'byte'}, {name: 'second'}]`. */
function unitText(unit: QuerySeries['unit']): string {
  const [of, per] = unit
  return [of?.name ?? '', ...(per ? [per.name] : [])].join('/')
}

/** Two expressions of one question may bring lines that nothing else tells apart. */
function withKeys(curves: readonly Omit<Curve, 'key'>[]): readonly Curve[] {
  const seen = new Map<string, number>()
  return curves.map((curve) => {
    const key = `${curve.expression}|${curve.groups.map((group) => group.join(':')).join(',')}`
    const count = seen.get(key) ?? 0
    seen.set(key, count + 1)
    return { ...curve, key: count === 0 ? key : `${key}|${count}` }
  })
}
