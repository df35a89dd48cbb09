import type { SeriesQuestion } from './series-question.ts'

/** One line of an answer, in Datadog's names. */
export interface AnsweredSeries {
  readonly metric: string
  readonly display_name: string
  readonly aggr: string
  readonly expression: string
  readonly scope: string
  readonly tag_set: readonly string[]
  readonly start: number
  readonly end: number
  readonly interval: number
  readonly length: number
  /** `[Unix milliseconds, value]`, one for each interval from the first to the last that holds a point. */
  readonly pointlist: readonly (readonly [number, number | null])[]
  readonly unit: readonly null[]
}

/** `[interval, value]`; an interval is its start in Unix time divided by its length. */
export type Bucket = readonly [number, number | null]

export interface AnsweredGroup {
  /** The values of the keys that the question groups by. */
  readonly groups: readonly string[]
  /** In order of time, none twice. */
  readonly points: readonly Bucket[]
}

/** Puts one group into Datadog's shape. */
export function describeGroup(
  question: SeriesQuestion,
  { groups, points }: AnsweredGroup,
  intervalS: number,
): AnsweredSeries {
  const tagSet = question.groupBy.map((key, index) => `${key}:${groups[index] ?? ''}`)
  const scopes = [question.scopeText, ...tagSet].filter((part) => part !== '' && part !== '*')
  const scope = scopes.length > 0 ? scopes.join(',') : '*'
  const pointlist = fillGaps(points, intervalS, question.fill)
  const intervalMs = intervalS * 1000
  return {
    metric: question.metric,
    display_name: question.metric,
    aggr: question.aggregator,
    expression: `${question.aggregator}:${question.metric}{${scope}}`,
    scope,
    tag_set: tagSet,
    start: pointlist[0]?.[0] ?? 0,
    end: (pointlist.at(-1)?.[0] ?? 0) + intervalMs - 1000,
    interval: intervalS,
    length: pointlist.length,
    pointlist,
    unit: [null, null],
  }
}

/** One entry for each interval: what is missing is null, 0 or what was there last, for as long as `limitS` says. */
export function fillGaps(
  points: readonly Bucket[],
  intervalS: number,
  fill: SeriesQuestion['fill'],
): readonly (readonly [number, number | null])[] {
  const filled: (readonly [number, number | null])[] = []
  const limit = (fill?.limitS ?? Number.POSITIVE_INFINITY) / intervalS
  const intervalMs = intervalS * 1000
  let last: Bucket | undefined
  for (const [bucket, value] of points) {
    for (let missing = (last?.[0] ?? bucket - 1) + 1; missing < bucket; missing += 1) {
      const isNear = last !== undefined && missing - last[0] <= limit
      filled.push([missing * intervalMs, isNear ? substitute(fill, last) : null])
    }
    filled.push([bucket * intervalMs, value])
    last = [bucket, value]
  }
  return filled
}

function substitute(fill: SeriesQuestion['fill'], last: Bucket | undefined): number | null {
  if (fill?.with === 'zero') return 0
  return fill?.with === 'last' ? (last?.[1] ?? null) : null
}
