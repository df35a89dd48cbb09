import { useEffect, useState, useSyncExternalStore } from 'react'

import type { LogList } from '../../../src/api/contract/logs.ts'
import { useLink } from '../data/live.ts'
import { openLogFeed, type LogFeed, type LogFeedState, type LogQuestion } from '../data/log-feed.ts'
import { openLogTail } from '../data/log-tail.ts'
import { fetchJson } from '../data/request.ts'

/** Lines are shown this long after each other at least: faster than can be read, and the frames between stay free. */
const showEveryMs = 200

/** The lines that answer a question, as they are now. They are followed while the page is live and not paused. */
export function useLogFeed(question: LogQuestion): {
  readonly feed: LogFeed
  readonly state: LogFeedState
} {
  const [feed] = useState(openFeed)
  const state = useSyncExternalStore(feed.subscribe, feed.state)
  const link = useLink().kind
  useEffect(() => (link === 'live' ? feed.resume() : feed.pause()), [feed, link])
  useEffect(() => {
    feed.ask(question)
  }, [feed, question])
  useEffect(() => feed.close, [feed])
  return { feed, state }
}

function openFeed(): LogFeed {
  let shownAtMs = 0
  return openLogFeed({
    load: (parameters, signal) => fetchJson<LogList>(`/api/logs?${parameters}`, signal),
    openTail: (query, after, onRows) =>
      openLogTail({
        open: (position) =>
          new EventSource(`/api/logs/tail?${new URLSearchParams({ query, after: position })}`),
        after,
        onRows,
        random: Math.random,
      }),
    schedule(callback) {
      const waitMs = Math.max(0, shownAtMs + showEveryMs - performance.now())
      setTimeout(() => {
        shownAtMs = performance.now()
        callback()
      }, waitMs)
    },
  })
}
