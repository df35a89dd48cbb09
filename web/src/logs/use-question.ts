import { useMemo } from 'react'

import type { LogQuestion } from '../data/log-feed.ts'
import type { TimeRange } from '../ranges/time-range.ts'
import { narrowQuery } from '../searches/edit-query.ts'
import { useReadableQuery } from '../searches/use-readable-query.ts'
import { listedTime } from './log-time.ts'

/** What is asked; while the query cannot be read, what was asked before, and at first for all lines. */
export function useQuestion(scope: string, query: string, range: TimeRange): LogQuestion {
  const readable = useReadableQuery(query)
  return useMemo(
    () => ({
      query: narrowQuery(scope, readable),
      time: listedTime(range),
      isOpenEnded: range.kind === 'newest',
    }),
    [scope, readable, range],
  )
}
