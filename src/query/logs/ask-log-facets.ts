import type { LogOrigin } from '../../model/log-block.ts'
import type { LogLevel, LogOutput } from '../../model/log-level.ts'
import { SqlParameters } from '../sql-parameters.ts'
import { explaining } from './explain-failure.ts'
import { parseLogQuery } from './language/parse-log-query.ts'
import type { LogRange, LogStore } from './log-store.ts'
import { filterSql } from './sql/filter-sql.ts'
import { rangeSql } from './sql/key-conditions.ts'
import { TimePieces, toTimeRange, type TimeRange } from './time-range.ts'
import { ValueCounts, type ValueCount } from './value-counts.ts'

/** A field, as it is written in a query, with its most frequent values. */
export interface LogFacetAnswer {
  readonly field: string
  readonly values: readonly ValueCount[]
}

export interface FacetsResult {
  readonly facets: readonly LogFacetAnswer[]
  /** The newest lines that were counted; undefined when all were. */
  readonly sampledLines: number | undefined
}

/** The newest lines that are looked at. */
const maxSampled = 10_000
const maxValues = 20
const maxAttributes = 20

/**
 * The most frequent values of each field among the newest lines that match; fields that none has are left out.
 * @throws {QuestionError} `invalid` (a `LogQueryError` for the query), `too-large`, `busy` or `failed`.
 */
export async function askLogFacets(store: LogStore, request: LogRange): Promise<FacetsResult> {
  const filter = parseLogQuery(request.query)
  const where = (parameters: SqlParameters): string => filterSql(filter, parameters)
  return explaining(async () => {
    const sample = await findSample(store, toTimeRange(request.fromMs, request.toMs), where)
    const facets = [
      ...(await countFields(store, sample)),
      ...(await countAttributes(store, sample)),
    ]
    return {
      facets: facets.filter(({ values }) => values.length > 0),
      sampledLines: sample.hasMore ? maxSampled : undefined,
    }
  })
}

/** The shortest range up to the end that is known to hold a whole sample. */
interface Sample {
  readonly range: TimeRange
  readonly where: LinesCondition
  /** There are lines beyond it. */
  readonly hasMore: boolean
}

type LinesCondition = (parameters: SqlParameters) => string

async function findSample(
  store: LogStore,
  whole: TimeRange,
  where: LinesCondition,
): Promise<Sample> {
  const pieces = new TimePieces(whole, 'desc')
  let lines = 0
  for (
    let range = pieces.next(1);
    range !== undefined;
    range = pieces.next((2 * maxSampled) / lines)
  ) {
    const parameters = new SqlParameters()
    const query = `SELECT toFloat64(count()) AS lines FROM vigie.log_lines
      WHERE ${rangeSql(range, parameters)} AND ${where(parameters)}`
    const [row] = await readRows<{ lines: number }>(store, query, parameters)
    lines += row?.lines ?? 0
    if (lines > maxSampled) {
      return { range: { fromNs: range.fromNs, toNs: whole.toNs }, where, hasMore: true }
    }
  }
  return { range: whole, where, hasMore: false }
}

function sampleSql({ range, where }: Sample, parameters: SqlParameters): string {
  return `SELECT origin, level, output, attributes FROM vigie.log_lines
    WHERE ${rangeSql(range, parameters)} AND ${where(parameters)}
    ORDER BY time DESC LIMIT ${maxSampled}`
}

interface FieldRow {
  readonly origin: string
  readonly level: LogLevel
  readonly output: LogOutput
  readonly lines: number
}

async function countFields(store: LogStore, sample: Sample): Promise<readonly LogFacetAnswer[]> {
  const parameters = new SqlParameters()
  const query = `SELECT origin, level, output, toFloat64(count()) AS lines
    FROM (${sampleSql(sample, parameters)}) GROUP BY origin, level, output`
  const rows = await readRows<FieldRow>(store, query, parameters)
  const origins = await store.origins.find(rows.map(({ origin }) => BigInt(origin)))
  const count = (
    field: string,
    read: (row: FieldRow, origin: LogOrigin | undefined) => string | undefined,
  ): LogFacetAnswer => {
    const counts = new ValueCounts()
    for (const row of rows) counts.add(read(row, origins.get(BigInt(row.origin))) ?? '', row.lines)
    return { field, values: counts.top(maxValues) }
  }
  return [
    count('level', ({ level }) => level),
    count('container', (_row, origin) => origin?.containerName),
    count('service', (_row, origin) => origin?.service),
    count('image', (_row, origin) => origin?.image),
    count('host', (_row, origin) => origin?.host),
    count('stream', ({ output }) => output),
    count('source', (_row, origin) => origin?.source),
  ]
}

interface AttributeRow {
  readonly name: string
  readonly value: string
  readonly lines: number
}

/** The attributes that most lines have; one that is different in most of them, such as an id, tells nothing. */
async function countAttributes(
  store: LogStore,
  sample: Sample,
): Promise<readonly LogFacetAnswer[]> {
  const parameters = new SqlParameters()
  const query = `
SELECT name, value, toFloat64(lines) AS lines
FROM (
  SELECT name, value, count() AS lines,
    sum(lines) OVER (PARTITION BY name) AS all_lines, count() OVER (PARTITION BY name) AS all_values
  FROM (${sampleSql(sample, parameters)})
  ARRAY JOIN mapKeys(attributes) AS name, mapValues(attributes) AS value
  GROUP BY name, value
)
WHERE all_values <= ${maxValues} OR 2 * all_values <= all_lines
ORDER BY all_lines DESC, name, lines DESC, value
LIMIT ${maxValues} BY name
LIMIT ${maxAttributes * maxValues}`
  const rows = await readRows<AttributeRow>(store, query, parameters)
  const byName = Map.groupBy(rows, ({ name }) => name)
  return Array.from(byName, ([name, values]) => ({
    field: `@${name}`,
    values: values.map(({ value, lines }) => ({ value, count: lines })),
  })).slice(0, maxAttributes)
}

async function readRows<Row>(
  store: LogStore,
  query: string,
  parameters: SqlParameters,
): Promise<readonly Row[]> {
  const answer = await store.read.query({
    query,
    query_params: parameters.values,
    format: 'JSONEachRow',
  })
  return answer.json<Row>()
}
