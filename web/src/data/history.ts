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
  /** The span at the time of asking. */
  readonly span: () => Span
  /** After how long it is asked again, to bring the stored past up to the live present; `undefined`: never. */
  readonly everyMs: (past: ReadonlyMap<string, History> | undefined) => number | undefined
  readonly isEnabled?: boolean
}

/** Up to this many seconds every reading is asked for, at the second it was taken; beyond, the server chooses how coarse to be. */
const everySecondS = 1500

/** The stored past by metric; a metric of which nothing was stored is absent. */
export function useHistory(
  options: HistoryOptions,
): UseQueryResult<ReadonlyMap<string, History>, RequestError> {
  const { key, question, span, everyMs, isEnabled = true } = options
  return useQuery<ReadonlyMap<string, History>, RequestError>({
    queryKey: ['history', key],
    queryFn: ({ signal }) => loadHistory({ question, ...span() }, signal),
    enabled: isEnabled,
    refetchInterval: ({ state }) => everyMs(state.data) ?? false,
    placeholderData: keepPreviousData,
    retry: 1,
  })
}

async function loadHistory(
  { question, fromS, toS }: Span & Pick<HistoryOptions, 'question'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, History>> {
  const parameters = new URLSearchParams({
    query: question,
    from: String(fromS),
    to: String(toS),
    ...(toS - fromS <= everySecondS && { interval: '1' }),
  })
  const answer = await fetchJson<QueryAnswer>(`/api/v1/query?${parameters}`, signal)
  return new Map(
    answer.series.map(({ metric, interval, pointlist }) => [
      metric,
      { intervalS: interval, points: pointlist },
    ]),
  )
}
