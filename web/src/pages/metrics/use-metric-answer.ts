import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import type { Span } from '../../data/history.ts'
import { useLink, useLive } from '../../data/live.ts'
import { askTimeseries, type Timeseries } from '../../data/metric-answers.ts'
import { narrowMetrics, type NarrowedQuery } from '../../data/narrow-metrics.ts'
import { RequestError } from '../../data/request.ts'
import { spanOf, type TimeRange } from '../../ranges/time-range.ts'
import { roundInterval } from './round-interval.ts'

/** An answer with the question it is one to. */
export interface MetricAnswer extends Timeseries {
  readonly query: string
  readonly span: Span
}

/** Ranges that move on are asked again when they have moved on by this part of them. */
const stepsPerRange = 60
const leastMs = 5000
const mostMs = 120_000

/**
 * What a query says of a range, asked again as time goes on. The last answer there was stays while a new one loads and when
 * the query cannot be answered; `query` and `span` tell what it is an answer to. The server chooses how many points there
 * are, unless `mostPoints` says.
 */
export function useMetricAnswer(
  query: string,
  range: TimeRange,
  options: {
    readonly isEnabled: boolean
    readonly mostPoints: number | undefined
    /** Only of this host; empty for all. */
    readonly host: string
  },
): {
  readonly answer: MetricAnswer | undefined
  readonly error: RequestError | null
  readonly isLoading: boolean
  readonly retry: () => void
} {
  const { isEnabled, mostPoints, host } = options
  const { store } = useLive()
  const isLive = useLink().kind === 'live'
  const isMoving = isLive && range.kind === 'newest'
  const { data, error, isFetching, refetch } = useQuery<MetricAnswer, RequestError>({
    queryKey: ['metrics', query, host, range, mostPoints],
    queryFn: async ({ signal }) => {
      const span = spanOf(range, store.nowMs())
      const intervalS = mostPoints && roundInterval(span, mostPoints)
      const narrowed = narrowMetrics(query, host)
      const asked = await askTimeseries(narrowed.text, span, {
        signal,
        ...(intervalS && { intervalS }),
      }).catch((fault: unknown) => {
        throw placedAsWritten(fault, narrowed)
      })
      return { query, span, ...asked }
    },
    enabled: isEnabled,
    refetchInterval: isMoving && repeatMs(range),
    retry: (failures, { status }) => failures < 2 && (status === 0 || status >= 500),
  })
  const kept = useRef<MetricAnswer>(undefined)
  useEffect(() => {
    if (data !== undefined) kept.current = data
  }, [data])
  return {
    answer: data ?? kept.current,
    error,
    isLoading: isFetching && data === undefined,
    retry: () => void refetch(),
  }
}

/** What is wrong with a query is at a place of the query as it was written. */
function placedAsWritten(fault: unknown, { originOf }: NarrowedQuery): unknown {
  if (!(fault instanceof RequestError) || fault.at === undefined) return fault
  return new RequestError(fault.status, fault.message, { at: originOf(fault.at) })
}

function repeatMs(range: TimeRange): number | false {
  if (range.kind === 'zoomed') return false
  return Math.min(mostMs, Math.max(leastMs, (range.seconds * 1000) / stepsPerRange))
}
