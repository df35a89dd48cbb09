import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { HappeningRow, HappeningsAnswer } from '../../../src/api/contract/happenings.ts'
import type { ChartEvent } from '../charts/chart-event.ts'
import { useLink, useLive } from '../data/live.ts'
import { fetchJson, type RequestError } from '../data/request.ts'
import { useLate } from '../happenings/use-late.ts'
import { spanOf, type TimeRange } from '../ranges/time-range.ts'

/** More marks than this on one chart say nothing. */
export const mostMarks = 200
const liveMs = 3000
const slowMs = 30_000

/** What a page marks on its charts. */
export interface Marks {
  /** The newest first; the same list as long as they are the same. */
  readonly events: readonly ChartEvent[]
  /** Whether older ones of the range are left out. */
  readonly isCut: boolean
  readonly error: RequestError | null
  readonly isLoading: boolean
}

/**
 * The happenings of a range that a query finds, as marks; asked once for a page, and again as its range moves on. Nothing is
 * asked while there is no query.
 */
export function useMarks(
  query: string | undefined,
  range: TimeRange,
  toMark: (row: HappeningRow) => ChartEvent,
): Marks {
  const { store } = useLive()
  const isLive = useLink().kind === 'live'
  const isMoving = isLive && range.kind === 'newest'
  const { data, error, isPending, refetch } = useQuery<HappeningsAnswer, RequestError>({
    queryKey: ['marks', query, range],
    queryFn: ({ signal }) => {
      const { fromS, toS } = spanOf(range, store.nowMs())
      const parameters = new URLSearchParams({
        from: String(Math.floor(fromS)),
        to: String(Math.ceil(toS)),
        query: query ?? '',
        limit: String(mostMarks),
      })
      return fetchJson<HappeningsAnswer>(`/api/happenings?${parameters}`, signal)
    },
    enabled: query !== undefined,
    refetchInterval: isMoving && (range.name === 'live' ? liveMs : slowMs),
    placeholderData: keepPreviousData,
    retry: (failures, { status }) => failures < 2 && (status === 0 || status >= 500),
  })
  useLate(range, refetch)
  const rows = query === undefined ? undefined : data?.happenings
  // The query's cache keeps equal answers the same object.
  const events = useMemo(() => rows?.map(toMark) ?? [], [rows, toMark])
  return {
    events,
    isCut: rows !== undefined && data?.next !== null,
    error,
    isLoading: query !== undefined && isPending,
  }
}
