import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'

import type { QueryAnswer } from '../../../src/api/contract/query.ts'
import type { History } from '../charts/chart-data.ts'
import { fetchJson, type RequestError } from './request.ts'

/** A span of time in Unix seconds. */
export interface Span {
  readonly fromS: number
  readonly toS: number
}

/** What is asked about the past. */
export interface HistoryOptions {
  /** Names the answers apart: another key, another history. */
  readonly key: string
  /** In Datadog's language; one question may ask for many metrics, with commas between. */
  readonly question: string
  /** Seconds between two readings. */
  readonly readEveryS: number
  /** The span at the time of asking. */
  readonly span: () => Span
  /** Asks again after so long, to bring the stored past up to the live present. */
  readonly everyMs: number | undefined
}

/** Up to this many seconds every reading is asked for; beyond, the server chooses how coarse to be. */
const everySecondS = 1500

/** The stored past by metric; a metric of which nothing was stored is absent. */
export function useHistory(
  options: HistoryOptions,
): UseQueryResult<ReadonlyMap<string, History>, RequestError> {
  const { key, question, readEveryS, span, everyMs } = options
  return useQuery<ReadonlyMap<string, History>, RequestError>({
    queryKey: ['history', key],
    queryFn: ({ signal }) => loadHistory({ question, readEveryS, ...span() }, signal),
    refetchInterval: everyMs ?? false,
    placeholderData: keepPreviousData,
    retry: 1,
  })
}

async function loadHistory(
  { question, readEveryS, fromS, toS }: Span & Pick<HistoryOptions, 'question' | 'readEveryS'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, History>> {
  const parameters = new URLSearchParams({
    query: question,
    from: String(fromS),
    to: String(toS),
    ...(toS - fromS <= everySecondS && { interval: String(readEveryS) }),
  })
  const answer = await fetchJson<QueryAnswer>(`/api/v1/query?${parameters}`, signal)
  return new Map(
    answer.series.map(({ metric, interval, pointlist }) => [
      metric,
      { intervalS: interval, points: pointlist },
    ]),
  )
}
