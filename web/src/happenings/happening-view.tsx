import { useCallback, useMemo, type ReactElement } from 'react'

import { useSearch, useSetSearch } from '../data/search.ts'
import { useTimeRange } from '../ranges/use-time-range.ts'
import { toggleValue, type ValueChoice } from '../searches/edit-query.ts'
import { useShortcuts } from '../shell/shortcuts.ts'
import { HappeningSearch } from './happening-search.tsx'
import { readEventsView, writeEventsView, type EventsView } from './view.ts'

/** What happened, to search, to follow and to look into: to everything, or to one container. All that is chosen stands in the address. */
export function HappeningView(props: {
  /** A query that all happenings answer; empty for all. */
  readonly scope: string
  /** Whether all are of one container. */
  readonly isOfOne: boolean
  /** Where `Esc` leads when there is nothing left to leave here. */
  readonly onBack?: () => void
}): ReactElement {
  const { scope, isOfOne, onBack } = props
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readEventsView(search), [search])
  const times = useTimeRange()
  const onView = useCallback(
    (change: Partial<EventsView>) => setSearch(writeEventsView(change)),
    [setSearch],
  )
  const { query } = view
  const onChoose = useCallback(
    (key: string, value: string, choice: ValueChoice) =>
      onView({ query: toggleValue(query, { key, value, choice }) }),
    [onView, query],
  )
  const escape = times.range.kind === 'zoomed' ? times.zoomOut : onBack
  useShortcuts(escape === undefined ? {} : { Escape: escape })
  return <HappeningSearch {...{ scope, isOfOne, view, times, onView, onChoose }} />
}
