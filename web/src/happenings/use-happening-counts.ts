import { useRef } from 'react'

import type { HappeningCounts } from '../../../src/api/contract/happenings.ts'
import { useBeat } from '../data/live.ts'
import { useRequest, type RequestError } from '../data/request.ts'
import type { Span } from '../data/history.ts'
import { useKept } from '../data/use-kept.ts'
import type { TimeRange } from '../ranges/time-range.ts'
import { countedSeconds, countEveryS } from './event-time.ts'
import { useLate } from './use-late.ts'

/** How many there are of what a query finds, and the span they were counted in. */
interface CountedHappenings {
  readonly counts: HappeningCounts | undefined
  readonly span: Span
  readonly error: RequestError | undefined
}

/** Counts what a query finds, anew as time goes on. Nothing is asked while there is no query to ask. */
export function useHappeningCounts(query: string | undefined, range: TimeRange): CountedHappenings {
  const wanted = useCountedSpan(range)
  const asked = useRef({ query, range, span: wanted })
  const isWaiting = useRef(false)
  const isOther = asked.current.query !== query || asked.current.range !== range
  // A new question takes the place of the one before: where answers take longer than a step, none would ever come.
  if (isOther || !isWaiting.current) asked.current = { query, range, span: wanted }
  const { span } = asked.current
  const { fromS, toS } = span
  const parameters = new URLSearchParams({
    from: String(fromS),
    to: String(toS),
    query: query ?? '',
  })
  const { data, error, isFetching, refetch } = useRequest<HappeningCounts>(
    `/api/happenings/counts?${parameters}`,
    { isEnabled: query !== undefined, keepsPrevious: true },
  )
  isWaiting.current = isFetching
  useLate(range, refetch)
  return { counts: useKept(data), span, error: error ?? undefined }
}

/** Steps on at the same moments in every page, so that all of them ask the same. */
function useCountedSpan(range: TimeRange): Span {
  const everyS = countEveryS(range)
  const beat = useBeat(everyS * 1000)
  if (range.kind === 'zoomed') return range.span
  const toS = (beat + 1) * everyS
  return { fromS: toS - countedSeconds(range), toS }
}
