import { useCallback, useMemo, type ReactElement } from 'react'

import { useSearch, useSetSearch } from '../data/search.ts'
import { useTimeRange } from '../ranges/use-time-range.ts'
import { useShortcuts } from '../shell/shortcuts.ts'
import { ContextView } from './context-view.tsx'
import { toggleValue, type ValueChoice } from '../searches/edit-query.ts'
import { LogSearch } from './log-search.tsx'
import { readLogsView, writeLogsView, type LogsView } from './view.ts'

/** Logs to search, to follow and to look into: of everything, or of one container. All that is chosen stands in the address. */
export function LogView(props: {
  /** A query that all lines answer; empty for all lines. */
  readonly scope: string
  /** Whether all lines are of one container. */
  readonly isOfOne: boolean
  /** Where `Esc` leads when there is nothing left to leave here. */
  readonly onBack?: () => void
}): ReactElement {
  const { scope, isOfOne, onBack } = props
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readLogsView(search), [search])
  const times = useTimeRange()
  const onView = useCallback(
    (change: Partial<LogsView>) => setSearch(writeLogsView(change)),
    [setSearch],
  )
  const { query, line, isWrapped } = view
  const onChoose = useCallback(
    (key: string, value: string, choice: ValueChoice) =>
      onView({ query: toggleValue(query, { key, value, choice }), line: '' }),
    [onView, query],
  )
  const closeContext = useCallback(() => onView({ line: '' }), [onView])
  const leave = times.range.kind === 'zoomed' ? times.zoomOut : onBack
  const escape = line === '' ? leave : closeContext
  useShortcuts(escape === undefined ? {} : { Escape: escape })
  if (line !== '') {
    return (
      <ContextView
        key={line}
        line={line}
        isWrapped={isWrapped}
        onChoose={onChoose}
        onClose={closeContext}
      />
    )
  }
  return <LogSearch {...{ scope, isOfOne, view, times, onView, onChoose }} />
}
