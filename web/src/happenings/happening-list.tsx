import { useCallback, useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react'

import { useHasHosts } from '../data/hosts.ts'
import { say, sayCount } from '../messages/events.ts'
import type { ChooseValue } from '../searches/facet-list.tsx'
import { BurstRowView } from './burst-row.tsx'
import { headingText } from './heading-text.ts'
import {
  happeningPageSize,
  mostHappenings,
  type HappeningFeed,
  type HappeningFeedState,
} from './happening-feed.ts'
import type { LineLook } from './happening-line.tsx'
import { HappeningRowView } from './happening-row.tsx'
import type { HeadingStep, ListItem } from './list-items.ts'
import { endPx, headingPx, useHappeningList } from './use-happening-list.ts'

/** A list of what happened, the newest at the top, of which only what is in sight exists. */
export function HappeningList(props: {
  readonly feed: HappeningFeed
  readonly state: HappeningFeedState
  readonly step: HeadingStep
  readonly isOfOne: boolean
  /** The row that a link led to; empty when there is none. */
  readonly marked: string
  readonly onChoose: ChooseValue
}): ReactElement {
  const { feed, state, step, isOfOne, marked, onChoose } = props
  const box = useRef<HTMLDivElement>(null)
  const [topRequest, setTopRequest] = useState(0)
  const onAtTop = useCallback(
    (isAtTop: boolean) => (isAtTop ? feed.release() : feed.hold()),
    [feed],
  )
  const list = useHappeningList(box, {
    rows: state.rows,
    step,
    marked,
    onNearEnd: feed.loadOlder,
    onAtTop,
    topRequest,
  })
  const { items, virtualizer } = list
  const look: LineLook = { isOfOne, hasHosts: useHasHosts() && !isOfOne }
  const actions = useSteadyActions(onChoose)
  function goToTop(): void {
    feed.release()
    setTopRequest((before) => before + 1)
  }
  return (
    <div
      ref={box}
      role="region"
      aria-label={say('events.label')}
      tabIndex={0}
      className="happenings"
      data-of-one={isOfOne || undefined}
      data-hosts={look.hasHosts || undefined}
    >
      {state.waitingCount > 0 && <NewerChip count={state.waitingCount} onClick={goToTop} />}
      <ol className="happenings-body" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index]
          if (item === undefined) return null
          const place = { top: start, index, isChosen: item.key === list.chosenKey }
          return <Line key={item.key} {...{ item, place, look, actions, list, marked, step }} />
        })}
        <li
          className="happenings-end"
          style={{ top: virtualizer.getTotalSize() - endPx, height: endPx }}
        >
          <ListEnd state={state} />
        </li>
      </ol>
    </div>
  )
}

function Line(props: {
  readonly item: ListItem
  readonly place: { readonly top: number; readonly index: number; readonly isChosen: boolean }
  readonly look: LineLook
  readonly actions: { readonly onChoose: ChooseValue }
  readonly list: ReturnType<typeof useHappeningList>
  readonly marked: string
  readonly step: HeadingStep
}): ReactElement {
  const { item, place, look, actions, list, marked, step } = props
  if (item.kind === 'heading') {
    return (
      <li className="happenings-heading" style={{ top: place.top, height: headingPx }}>
        <h2>{headingText(item.timeMs, step)}</h2>
      </li>
    )
  }
  const { isOfOne, hasHosts } = look
  if (item.kind === 'burst') {
    const { burst, isOpen } = item
    return (
      <BurstRowView
        {...{ ...place, burst, isOpen, isOfOne, hasHosts }}
        onToggle={list.open.toggleBurst}
      />
    )
  }
  const { row, isInBurst, key } = item
  return (
    <HappeningRowView
      {...{ ...place, row, isInBurst, isOfOne, hasHosts, actions }}
      isOpen={list.open.rows.has(key)}
      isMarked={marked === key}
      measure={list.virtualizer.measureElement}
      onToggle={list.open.toggleRow}
    />
  )
}

/** What stands below the last row: whether there is more. */
function ListEnd({ state }: { readonly state: HappeningFeedState }): ReactNode {
  if (state.isLoadingOlder) return say('events.loadingOlder')
  if (state.rows.length >= mostHappenings) return sayCount('events.most', state.rows.length)
  // A short list needs no word about its end.
  if (state.hasOlder || state.rows.length < happeningPageSize / 10) return null
  return say('events.noOlder')
}

/** Leads back to the newest, and says how many have come meanwhile. */
function NewerChip(props: { readonly count: number; readonly onClick: () => void }): ReactElement {
  const { count, onClick } = props
  return (
    <div className="happenings-chip-place">
      <button type="button" className="chip" onClick={onClick}>
        <span aria-hidden="true">↑</span>
        {sayCount('events.new', count)}
      </button>
    </div>
  )
}

/** Actions that stay the same object, so that rows are not drawn anew for them. */
function useSteadyActions(onChoose: ChooseValue): { readonly onChoose: ChooseValue } {
  const latest = useRef(onChoose)
  useEffect(() => {
    latest.current = onChoose
  })
  const [actions] = useState(() => ({
    onChoose: (...choice: Parameters<ChooseValue>) => latest.current(...choice),
  }))
  return actions
}
