import { useEffect, useMemo } from 'react'

import type { History } from '../../charts/chart-data.ts'
import { useHistory, type Span } from '../../data/history.ts'
import { useLink, useLive } from '../../data/live.ts'
import { spanOf, type TimeRange } from '../../ranges/time-range.ts'
import { questionFor } from './chart-list.ts'
import { readingIntervalS } from './reading-interval.ts'

/** How often the stored past is read anew while the present is appended to it. */
const refreshMs = 60_000
const aroundS = 60
/** A reading can be asked for so long after it was taken. */
const storedMs = 3000
/** What was heard just before the page opened takes so long to be stored; what agents kept while the server was away, longer. */
const settleMs = [4000, 20_000]

type Answer = ReturnType<typeof useHistory>

/** The stored past of all charts of a container. */
export interface Histories {
  /** By metric; `undefined` before the first answer. */
  readonly past: ReadonlyMap<string, History> | undefined
  /** That of the figures that are read seldom and come from the store alone. */
  readonly slowPast: ReadonlyMap<string, History> | undefined
  /** Seconds between two readings of those. */
  readonly slowEveryS: number
  readonly error: Answer['error']
  readonly isPending: boolean
  readonly retry: () => void
}

/** The stored past of a container; what is read seldom only once somebody looks at a chart of it. */
export function useHistories(id: string, range: TimeRange, needsSlow: boolean): Histories {
  const { store } = useLive()
  const isNewest = range.kind === 'newest'
  const span = (): Span => spanOf(range, store.nowMs())
  const questions = useMemo(() => [questionFor(id, false), questionFor(id, true)] as const, [id])
  const fast = useHistory({
    key: JSON.stringify([id, range]),
    question: questions[0],
    span,
    everyMs: () => (isNewest ? refreshMs : undefined),
  })
  const slow = useHistory({
    key: JSON.stringify([id, range, 'slow']),
    question: questions[1],
    span: () => widened(span()),
    everyMs: (past) => (isNewest ? untilReadMs(past, store.nowMs()) : undefined),
    isEnabled: needsSlow,
  })
  const slowEveryS = useMemo(() => readingIntervalS(slow.data), [slow.data])
  useSettled(isNewest, id, fast.refetch)
  return {
    past: fast.data,
    slowPast: slow.data,
    slowEveryS,
    error: fast.error ?? slow.error,
    isPending: fast.isPending,
    retry() {
      if (fast.error) void fast.refetch()
      if (slow.error) void slow.refetch()
    },
  }
}

/** A span with the readings around it, since one between two of them may hold none. */
function widened({ fromS, toS }: Span): Span {
  return { fromS: fromS - aroundS, toS: toS + aroundS }
}

/** How long until there is something new of what is read seldom: all of it is read in one moment. */
function untilReadMs(past: ReadonlyMap<string, History> | undefined, nowMs: number): number {
  const histories = [...(past?.values() ?? [])]
  if (histories.some(({ intervalS }) => intervalS > 1)) return refreshMs
  const everyMs = readingIntervalS(past) * 1000
  const lastMs = Math.max(0, ...histories.map(({ points }) => points.at(-1)?.[0] ?? 0))
  const dueMs = lastMs + everyMs + storedMs - nowMs
  // One that did not come is waited for as long as for another.
  return dueMs > 0 ? dueMs : everyMs
}

/** Reads anew once what was heard has settled in the store, and whenever the stream comes back. */
function useSettled(isNewest: boolean, id: string, refetch: Answer['refetch']): void {
  const link = useLink().kind
  useEffect(() => {
    if (!isNewest || link !== 'live') return undefined
    const timers = settleMs.map((afterMs) => setTimeout(() => void refetch(), afterMs))
    return () => timers.forEach(clearTimeout)
  }, [isNewest, link, id, refetch])
}
