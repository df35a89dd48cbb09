import type { ClickHouseClient } from '@clickhouse/client'
import { binValue, quantileRank } from '../../model/sketch/sketch-quantile.ts'
import { QuestionError } from '../question-error.ts'
import { groupSizesSql, quantileBinsSql, summarySql } from './distribution-sql.ts'
import { planGroupRuns, type GroupSize } from './plan-group-runs.ts'
import type { AnsweredGroup } from './series-answer.ts'
import { isPercentile, percentileShare, type SeriesQuestion } from './series-question.ts'
import { SqlParameters } from '../sql-parameters.ts'
import type { SeriesRange } from './series-sql.ts'

/** The time that all statements of one query may take together. */
const maxMs = 20_000

/**
 * The groups of a question about distributions, at most `range.maxGroups`.
 * @throws {QuestionError} `too-large` when percentiles take longer than 20 s.
 */
export async function askDistribution(
  client: ClickHouseClient,
  question: SeriesQuestion,
  range: SeriesRange,
): Promise<readonly AnsweredGroup[]> {
  const { aggregator } = question
  if (isPercentile(aggregator)) {
    return askPercentile(client, question, { ...range, share: percentileShare(aggregator) })
  }
  const summary = { ...question, aggregator }
  return read<AnsweredGroup>(client, (parameters) => summarySql(summary, range, parameters))
}

async function askPercentile(
  client: ClickHouseClient,
  question: SeriesQuestion,
  range: SeriesRange & { readonly share: number },
): Promise<readonly AnsweredGroup[]> {
  const sizes = await read<GroupSize>(client, (parameters) =>
    groupSizesSql(question, range, parameters),
  )
  const intervals = Math.ceil((range.toMs - range.fromMs) / 1000 / range.intervalS) + 1
  const deadlineMs = performance.now() + maxMs
  const answered: AnsweredGroup[] = []
  for (const groups of planGroupRuns(sizes, intervals)) {
    if (performance.now() > deadlineMs) throw tooLarge()
    const found = await read<FoundGroup>(client, (parameters) =>
      quantileBinsSql(question, { ...range, groups }, parameters),
    )
    for (const group of found) answered.push(toAnswered(group, range.share))
  }
  return answered
}

interface FoundGroup {
  readonly groups: readonly string[]
  /** `[interval, key, count, least, most]` */
  readonly found: readonly (readonly [number, number, number, number, number])[]
}

function toAnswered({ groups, found }: FoundGroup, share: number): AnsweredGroup {
  const points = found.map(([bucket, key, count, min, max]): [number, number] => {
    const rank = quantileRank(count, share)
    return [bucket, binValue({ key, rank, count }, { min, max })]
  })
  return { groups, points }
}

async function read<Row>(
  client: ClickHouseClient,
  query: (parameters: SqlParameters) => string,
): Promise<readonly Row[]> {
  const parameters = new SqlParameters()
  const answer = await client.query({
    query: query(parameters),
    query_params: parameters.values,
    format: 'JSONEachRow',
  })
  return answer.json<Row>()
}

function tooLarge(): QuestionError {
  return new QuestionError(
    'too-large',
    `Cannot answer the query: its percentiles take longer than ${maxMs / 1000} s; name fewer tags or a shorter time`,
  )
}
