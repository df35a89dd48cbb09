import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from 'react'

import type { LogFeed, LogFeedState } from '../data/log-feed.ts'
import { useHasHosts } from '../data/hosts.ts'
import { isOfOtherDay } from './context-view.tsx'
import type { ChooseValue } from '../searches/facet-list.tsx'
import { EndChip, ListTop } from './list-ends.tsx'
import { LogLines } from './log-lines.tsx'

/** The lines that were found, and the reader's place among them: at the end the list follows, elsewhere nothing moves. */
export function FoundLines(props: {
  readonly feed: LogFeed
  readonly state: LogFeedState
  readonly isOpenEnded: boolean
  readonly isWrapped: boolean
  readonly isOfOne: boolean
  readonly onChoose: ChooseValue
  readonly onContext: (id: string) => void
}): ReactElement {
  const { feed, state, isOpenEnded, isWrapped, isOfOne, onChoose, onContext } = props
  const [isAtEnd, setAtEnd] = useState(true)
  const [endRequest, setEndRequest] = useState(0)
  const onAtEnd = useCallback(
    (isThere: boolean) => {
      setAtEnd(isThere)
      if (isThere) feed.release()
      else feed.hold()
    },
    [feed],
  )
  // Another answer begins at its end.
  useEffect(() => feed.release(), [feed])
  const [oldest] = state.items
  const hasDays = oldest?.kind === 'line' && isOfOtherDay([oldest.row])
  const hasHosts = useHasHosts() && !isOfOne
  const look = useMemo(
    () => ({ isWrapped, hasDays, isOfOne, hasHosts }),
    [isWrapped, hasDays, isOfOne, hasHosts],
  )
  const actions = useSteadyActions(onChoose, onContext)
  function goToEnd(): void {
    onAtEnd(true)
    setEndRequest((before) => before + 1)
  }
  return (
    <LogLines
      items={state.items}
      look={look}
      actions={actions}
      isFollowing={isAtEnd}
      top={<ListTop state={state} />}
      chip={
        !isAtEnd && (
          <EndChip count={state.waitingCount} isOpenEnded={isOpenEnded} onClick={goToEnd} />
        )
      }
      fillingKey={state.fillingKey}
      onFill={feed.fill}
      onNearTop={feed.loadOlder}
      onAtEnd={onAtEnd}
      endRequest={endRequest}
    />
  )
}

/** Actions that stay the same object, so that rows are not drawn anew for them. */
function useSteadyActions(
  onChoose: ChooseValue,
  onContext: (id: string) => void,
): { readonly onChoose: ChooseValue; readonly onContext: (id: string) => void } {
  const latest = useRef({ onChoose, onContext })
  useEffect(() => {
    latest.current = { onChoose, onContext }
  })
  return useMemo(
    () => ({
      onChoose: (...choice) => latest.current.onChoose(...choice),
      onContext: (id) => latest.current.onContext(id),
    }),
    [],
  )
}
