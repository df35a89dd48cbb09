import type { LogFacets, LogHistogram } from '../../../src/api/contract/logs.ts'
import { useLink } from '../data/live.ts'
import { useRequest, type RequestOptions } from '../data/request.ts'
import { useKept } from '../data/use-kept.ts'
import type { TimeRange } from '../ranges/time-range.ts'
import { countedTime, countEveryMs } from './log-time.ts'

/** Values of fields change less than how many lines there are, and cost more to count. */
const facetsFactor = 5

/** The volume of what a query finds, read again as time goes on. Nothing is asked while there is no query to ask. */
export function useHistogram(
  query: string | undefined,
  range: TimeRange,
): LogHistogram | undefined {
  const options = useCounting(range, 1)
  const { data } = useRequest<LogHistogram>(pathOf('histogram', query, range), {
    ...options,
    isEnabled: query !== undefined,
  })
  return useKept(data)
}

/** The most frequent values of what a query finds, unless nobody looks at them. */
export function useFacets(
  query: string | undefined,
  range: TimeRange,
  isLookedAt: boolean,
): LogFacets | undefined {
  const options = useCounting(range, facetsFactor)
  const { data } = useRequest<LogFacets>(pathOf('facets', query, range), {
    ...options,
    isEnabled: isLookedAt && query !== undefined,
  })
  return useKept(data)
}

function useCounting(range: TimeRange, factor: number): RequestOptions {
  const isLive = useLink().kind === 'live'
  const everyMs = isLive ? countEveryMs(range) : undefined
  return { keepsPrevious: true, ...(everyMs !== undefined && { everyMs: everyMs * factor }) }
}

function pathOf(what: string, query: string | undefined, range: TimeRange): string {
  return `/api/logs/${what}?${new URLSearchParams({ query: query ?? '', ...countedTime(range) })}`
}
