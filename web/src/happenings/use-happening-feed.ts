import { useEffect, useState, useSyncExternalStore } from 'react'

import type { HappeningsAnswer } from '../../../src/api/contract/happenings.ts'
import { useLink, useLive } from '../data/live.ts'
import { fetchJson } from '../data/request.ts'
import {
  openHappeningFeed,
  type HappeningFeed,
  type HappeningFeedState,
  type HappeningQuestion,
} from './happening-feed.ts'

/** As the contract of `GET /api/happenings` has it. */
const refreshMs = 2000

/** The happenings that answer a question, as they are now. They are followed while the page is live and not paused. */
export function useHappeningFeed(question: HappeningQuestion): {
  readonly feed: HappeningFeed
  readonly state: HappeningFeedState
} {
  const { store } = useLive()
  const [feed] = useState(() =>
    openHappeningFeed({
      load: (parameters, signal) =>
        fetchJson<HappeningsAnswer>(`/api/happenings?${parameters}`, signal),
      nowS: () => store.nowMs() / 1000,
    }),
  )
  const state = useSyncExternalStore(feed.subscribe, feed.state)
  const isLive = useLink().kind === 'live'
  useEffect(() => {
    feed.ask(question)
  }, [feed, question])
  useEffect(() => {
    if (!isLive) return undefined
    feed.refresh()
    const timer = setInterval(feed.refresh, refreshMs)
    return () => clearInterval(timer)
  }, [feed, isLive])
  useEffect(() => store.onLate(feed.noteLate), [store, feed])
  useEffect(() => feed.close, [feed])
  return { feed, state }
}
