import { listQueries } from './metric-language/list-queries.ts'
import { parseExpressions } from './metric-language/parse-expressions.ts'
import { answerExpressions } from './metrics/ask-expressions.ts'
import type { MetricReader } from './metrics/metric-reader.ts'
import { describeSeries, type AnsweredSeries } from './metrics/describe-series.ts'

export interface SeriesRequest {
  /** Datadog's query text. */
  readonly query: string
  /** Unix seconds, both included. */
  readonly fromS: number
  readonly toS: number
  /** Seconds between two points; chosen when absent. */
  readonly intervalS?: number | undefined
}

/** Datadog's answer to `/api/v1/query`. */
export interface SeriesResult {
  readonly status: 'ok'
  readonly res_type: 'time_series'
  readonly query: string
  /** Unix milliseconds. */
  readonly from_date: number
  readonly to_date: number
  readonly group_by: readonly string[]
  /** What the answer leaves out; empty when nothing. */
  readonly message: string
  readonly series: readonly AnsweredSeries[]
}

/**
 * Answers expressions in Datadog's query language in the shape of Datadog's `/api/v1/query`.
 * @throws {QuestionError} `invalid`, with the place in the query if it is at fault, `too-large`, `busy` or `failed`.
 * @see https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-points
 */
export async function askSeries(
  reader: MetricReader,
  { query, fromS, toS, intervalS }: SeriesRequest,
): Promise<SeriesResult> {
  const expressions = parseExpressions(query)
  const frames = await answerExpressions(reader, expressions, {
    fromMs: fromS * 1000,
    toMs: toS * 1000,
    ...(intervalS !== undefined && { intervalS }),
  })
  return {
    status: 'ok',
    res_type: 'time_series',
    query,
    from_date: fromS * 1000,
    to_date: toS * 1000,
    group_by: [...new Set(expressions.flatMap(listQueries).flatMap(({ groupBy }) => groupBy))],
    message: frames.flatMap(({ notes }) => notes).join('; '),
    series: frames.flatMap((frame, index) =>
      frame.series.map((series) => describeSeries(frame, series, index)),
    ),
  }
}
