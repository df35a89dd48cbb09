import { useMemo, useRef } from 'react'

import type { LogQuestion } from '../data/log-feed.ts'
import type { TimeRange } from '../ranges/time-range.ts'
import { narrowQuery } from './edit-query.ts'
import { listedTime } from './log-time.ts'
import { readQueryTerms } from './query-terms.ts'

/** What is asked; while the query cannot be read, what was asked before, and at first for all lines. */
export function useQuestion(scope: string, query: string, range: TimeRange): LogQuestion {
  const lastQuery = useRef('')
  if (readQueryTerms(query).problem === undefined) lastQuery.current = query
  const readable = lastQuery.current
  return useMemo(
    () => ({
      query: narrowQuery(scope, readable),
      time: listedTime(range),
      isOpenEnded: range.kind === 'newest',
    }),
    [scope, readable, range],
  )
}
