import { ClickHouseError, type ClickHouseClient } from '@clickhouse/client'
import { StoreBusyError } from '../store/store.ts'
import { QuestionError } from './question-error.ts'
import { askDistribution } from './series-query/ask-distribution.ts'
import { chooseInterval } from './series-query/choose-interval.ts'
import { parseSeriesQuery } from './series-query/parse-series-query.ts'
import {
  describeGroup,
  type AnsweredGroup,
  type AnsweredSeries,
} from './series-query/series-answer.ts'
import { isPercentile, type SeriesQuestion } from './series-query/series-question.ts'
import { selectedSeriesSql, seriesSql, type SeriesRange } from './series-query/series-sql.ts'
import { SqlParameters } from './sql-parameters.ts'

/** Groups of one query that are answered; the rest is left out, and the answer says so. */
export const maxGroups = 1000
/** A slow series does not make all others coarse beyond this. */
const maxNativeS = 60

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
 * Answers Datadog's metric queries from the finest points and sketches kept. Nothing is interpolated.
 * @throws {QuestionError} `invalid` with the position in the query or for a percentile of what is no distribution,
 *   `too-large` or `busy`.
 */
export async function askSeries(
  store: { readonly read: ClickHouseClient },
  request: SeriesRequest,
): Promise<SeriesResult> {
  const questions = parseSeriesQuery(request.query)
  checkRange(request)
  const answers: Answer[] = []
  for (const question of questions) answers.push(await ask(store.read, question, request))
  return {
    status: 'ok',
    res_type: 'time_series',
    query: request.query,
    from_date: request.fromS * 1000,
    to_date: request.toS * 1000,
    group_by: [...new Set(questions.flatMap(({ groupBy }) => groupBy))],
    message: answers
      .map(({ message }) => message)
      .filter((message) => message !== '')
      .join('; '),
    series: answers.flatMap(({ series }) => series),
  }
}

interface Answer {
  readonly series: readonly AnsweredSeries[]
  readonly message: string
}

function checkRange({ fromS, toS, intervalS }: SeriesRequest): void {
  if (!(Number.isFinite(fromS) && Number.isFinite(toS) && fromS >= 0 && fromS < toS)) {
    throw new QuestionError(
      'invalid',
      `Cannot answer for the time from ${fromS} to ${toS}: from and to are Unix seconds, from before to`,
    )
  }
  if (intervalS !== undefined && !(intervalS >= 1)) {
    throw new QuestionError('invalid', `Cannot answer in steps of ${intervalS} s: 1 s is the least`)
  }
}

async function ask(
  client: ClickHouseClient,
  question: SeriesQuestion,
  request: SeriesRequest,
): Promise<Answer> {
  try {
    const fromMs = request.fromS * 1000
    const toMs = request.toS * 1000
    const wishedS = question.rollup?.intervalS ?? request.intervalS
    const selection = await readSelection(client, question)
    if (selection === undefined) return { series: [], message: '' }
    checkKind(question, selection)
    const { nativeS, sketches } = selection
    const intervalS = chooseInterval({ fromMs, toMs, nativeS, wishedS })
    const range = { fromMs, toMs, intervalS, maxGroups: maxGroups + 1 }
    const read = sketches > 0 ? askDistribution : readGroups
    const groups = await read(client, question, range)
    const series = groups
      .slice(0, maxGroups)
      .map((group) => describeGroup(question, group, intervalS))
    return { series, message: describeRest(question, selection, groups.length) }
  } catch (error) {
    throw explain(error)
  }
}

/** What a question means, before anything is read of it. */
interface Selection {
  /** The interval at which the series come, in seconds. */
  readonly nativeS: number
  /** Series with points, and distributions. */
  readonly points: number
  readonly sketches: number
}

/** Undefined when there are no such series. */
async function readSelection(
  client: ClickHouseClient,
  question: SeriesQuestion,
): Promise<Selection | undefined> {
  const parameters = new SqlParameters()
  const selected = selectedSeriesSql({ ...question, groupBy: [] }, parameters)
  const answer = await client.query({
    query: `SELECT toFloat64(max(interval_s)) AS native,
      toFloat64(countIf(kind = 'distribution')) AS sketches, toFloat64(count()) AS series FROM (${selected})`,
    query_params: parameters.values,
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ native: number; sketches: number; series: number }>()
  if (row === undefined || row.series === 0) return undefined
  return {
    nativeS: Math.min(Math.max(1, row.native), maxNativeS),
    points: row.series - row.sketches,
    sketches: row.sketches,
  }
}

function checkKind({ aggregator, metric }: SeriesQuestion, { sketches }: Selection): void {
  if (sketches > 0 || !(aggregator === 'count' || isPercentile(aggregator))) return
  throw new QuestionError(
    'invalid',
    `Cannot take ${aggregator} of ${metric}: it is no distribution; avg:, min:, max: and sum: can be taken of it`,
  )
}

function describeRest(
  { metric }: SeriesQuestion,
  { points, sketches }: Selection,
  groupCount: number,
): string {
  return [
    ...(groupCount > maxGroups
      ? [`${metric} has more than ${maxGroups} groups, the first ${maxGroups} are shown`]
      : []),
    ...(points > 0 && sketches > 0
      ? [`${metric} has come as a distribution and otherwise, the distribution is shown`]
      : []),
  ].join('; ')
}

async function readGroups(
  client: ClickHouseClient,
  question: SeriesQuestion,
  range: SeriesRange,
): Promise<readonly AnsweredGroup[]> {
  const parameters = new SqlParameters()
  const answer = await client.query({
    query: seriesSql(question, range, parameters),
    query_params: parameters.values,
    format: 'JSONEachRow',
  })
  return answer.json<AnsweredGroup>()
}

function explain(error: unknown): QuestionError {
  if (error instanceof QuestionError) return error
  if (error instanceof StoreBusyError) return new QuestionError('busy', error.message)
  if (error instanceof ClickHouseError && /TIMEOUT|MEMORY|TOO_MANY/.test(error.type ?? '')) {
    const reason =
      'it takes more time or memory than a query may; name fewer tags or a shorter time'
    return new QuestionError('too-large', `Cannot answer the query: ${reason}`, { cause: error })
  }
  const reason = 'the store could not answer; try again'
  return new QuestionError('failed', `Cannot answer the query: ${reason}`, { cause: error })
}
