import { useMemo } from 'react'

import type { ChartEvent } from '../charts/chart-event.ts'
import { askEvents, toChartEvent } from './ask-events.ts'
import { useBoard } from './board-context.ts'
import { boardSearch } from './board-query.ts'
import { useWidgetAnswer } from './use-widget-answer.ts'

/** More marks than this on one chart say nothing. */
const mostEvents = 200
const noEvents: readonly ChartEvent[] = []

/** The events that a chart marks; none where it asks for none. */
export function useChartEvents(search: string, spanS: number | undefined): readonly ChartEvent[] {
  const board = useBoard()
  const query = search === '' ? '' : boardSearch(search, board)
  const { data } = useWidgetAnswer({
    key: `events ${mostEvents} ${query}`,
    spanS,
    load: async (span, signal) =>
      query === ''
        ? { events: [], isCut: false }
        : await askEvents(query, span, { limit: mostEvents, signal }),
  })
  return useMemo(() => data?.answer.events.map(toChartEvent) ?? noEvents, [data])
}
