import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useContext, useMemo } from 'react'

import type { Span } from '../data/history.ts'
import { useLink, useLive } from '../data/live.ts'
import type { RequestError } from '../data/request.ts'
import { InViewContext, useBoard } from './board-context.ts'
import { widgetTime } from './widget-time.ts'

/** What a widget wants to know. */
export interface WidgetQuestion<Answer> {
  /** Names the question apart from all others. */
  readonly key: string
  readonly load: (span: Span, signal: AbortSignal) => Promise<Answer>
  /** The widget's own range up to now, in seconds. */
  readonly spanS: number | undefined
}

/** An answer with the span it is of. */
export interface Answered<Answer> {
  readonly answer: Answer
  readonly span: Span
}

/** How a widget's question stands. */
export interface WidgetAnswer<Answer> {
  /** The newest answer there is; while another range loads, that of the range before. */
  readonly data: Answered<Answer> | undefined
  /** When it came, Unix milliseconds by the page's clock. */
  readonly atMs: number
  readonly error: RequestError | null
  readonly isLoading: boolean
  readonly retry: () => void
}

/** Zoomed into the past, an answer is as good as new for so long. */
const settledMs = 60_000

/** Asks a widget's question while the widget is in sight, again and again while its range moves on. */
export function useWidgetAnswer<Answer>(question: WidgetQuestion<Answer>): WidgetAnswer<Answer> {
  const { key, load, spanS } = question
  const { range, gate } = useBoard()
  const { store } = useLive()
  const isInView = useContext(InViewContext)
  const isLive = useLink().kind === 'live'
  const { key: timeKey, spanAt, everyMs } = useMemo(() => widgetTime(range, spanS), [range, spanS])
  const { data, dataUpdatedAt, error, isFetching, isPlaceholderData, isPending, refetch } =
    useQuery<Answered<Answer>, RequestError>({
      queryKey: ['widget', key, timeKey],
      queryFn: ({ signal }) =>
        gate.run(async () => {
          const span = spanAt(store.nowMs())
          return { answer: await load(span, signal), span }
        }, signal),
      enabled: isInView,
      refetchInterval: isInView && isLive && everyMs !== undefined ? everyMs : false,
      staleTime: everyMs ?? settledMs,
      placeholderData: keepPreviousData,
      retry: (failures, { status }) => failures < 2 && (status === 0 || status >= 500),
    })
  return {
    data,
    atMs: dataUpdatedAt,
    error,
    isLoading: isFetching && (isPending || isPlaceholderData),
    retry: () => void refetch(),
  }
}
