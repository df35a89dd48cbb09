import { chooseStep } from '../logs/choose-step.ts'
import { parseLogQuery } from '../logs/language/parse-log-query.ts'
import type { HappeningsRequest } from './ask-happenings.ts'
import { explainHappeningFailure } from './explain-happening-failure.ts'
import { happeningFilterSql } from './happening-filter-sql.ts'
import { kindsMeant } from './kinds-meant.ts'
import { readHappened, type HappeningStore } from './read-happened.ts'
import { happeningKinds, type StoredHappeningKind } from './stored-happening.ts'

/** What is counted. */
export interface HappeningCountsRequest extends Pick<
  HappeningsRequest,
  'fromMs' | 'toMs' | 'query'
> {
  /** Bars at most. */
  readonly steps: number
}

/** By what happenings are counted, and the column that has it. */
const facetColumns = {
  kind: 'kind',
  action: 'action',
  container: 'container_name',
  image: 'image',
  host: 'host',
  actor: 'actor',
} as const
type Facet = keyof typeof facetColumns

interface ValueCount {
  readonly value: string
  readonly count: number
}

export interface HappeningCountsResult {
  readonly total: number
  readonly stepMs: number
  /** Unix milliseconds: where the first bar begins, at or before the time that is counted. */
  readonly fromMs: number
  /** For each kind that was found a count for each bar. */
  readonly bars: readonly {
    readonly kind: StoredHappeningKind
    readonly counts: readonly number[]
  }[]
  /** The most frequent values, the most frequent first. */
  readonly facets: Readonly<Record<Facet, readonly ValueCount[]>>
}

const secondMs = 1000
const maxValues = 20

interface BarRow {
  readonly facet: 'bar'
  readonly value: StoredHappeningKind
  /** The number of the bar's step since 1970. */
  readonly bar: number
  readonly count: number
}

interface FacetRow {
  readonly facet: Facet
  readonly value: string
  readonly count: number
}

/**
 * How much happened of what a search means: in bars of a round length, at least a second, and by each facet.
 * @throws {QuestionError} `invalid` (a `LogQueryError` for the search), `too-large`, `busy` or `failed`.
 */
export async function askHappeningCounts(
  store: HappeningStore,
  { fromMs, toMs, query, steps }: HappeningCountsRequest,
): Promise<HappeningCountsResult> {
  const filter = parseLogQuery(query)
  const stepMs = Math.max(secondMs, chooseStep(fromMs, toMs, steps))
  return explainHappeningFailure(async () => {
    const request = { fromMs, toMs, kinds: kindsMeant(filter) }
    const rows = await readHappened<BarRow | FacetRow>(store, request, (happened, parameters) =>
      countSql(happened, stepMs, happeningFilterSql(filter, parameters)),
    )
    return gather(rows, { fromMs, toMs, stepMs })
  })
}

/** All in one reading: the bars, which are the kinds of each step, and the most frequent values of each facet. */
function countSql(happened: string, stepMs: number, where: string): string {
  const columns = Object.values(facetColumns)
  const facets = Object.keys(facetColumns).map((facet) => `'${facet}'`)
  return `
SELECT facet, value, if(facet = 'bar', step, 0) AS bar, toFloat64(count()) AS count
FROM (
  SELECT ${columns.join(', ')}, toFloat64(intDiv(toUnixTimestamp64Milli(time), ${stepMs})) AS step
  FROM (${happened}) AS happened WHERE ${where}
)
ARRAY JOIN ['bar', ${facets.join(', ')}] AS facet, [kind, ${columns.join(', ')}] AS value
WHERE value != ''
GROUP BY facet, value, bar
ORDER BY count DESC, value
LIMIT ${maxValues} BY facet, bar`
}

interface Scale {
  /** Unix milliseconds. */
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

function gather(
  rows: readonly (BarRow | FacetRow)[],
  { fromMs, toMs, stepMs }: Scale,
): HappeningCountsResult {
  const first = Math.floor(fromMs / stepMs)
  const length = Math.floor(toMs / stepMs) - first + 1
  const countsOf = new Map<StoredHappeningKind, number[]>()
  let total = 0
  for (const row of rows) {
    if (row.facet !== 'bar') continue
    const counts = countsOf.get(row.value) ?? Array.from({ length }, () => 0)
    counts[row.bar - first] = row.count
    countsOf.set(row.value, counts)
    total += row.count
  }
  const valuesOf = (wanted: Facet): readonly ValueCount[] =>
    rows.flatMap(({ facet, value, count }) => (facet === wanted ? [{ value, count }] : []))
  return {
    total,
    stepMs,
    fromMs: first * stepMs,
    bars: happeningKinds.flatMap((kind) => {
      const counts = countsOf.get(kind)
      return counts === undefined ? [] : [{ kind, counts }]
    }),
    facets: {
      kind: valuesOf('kind'),
      action: valuesOf('action'),
      container: valuesOf('container'),
      image: valuesOf('image'),
      host: valuesOf('host'),
      actor: valuesOf('actor'),
    },
  }
}
