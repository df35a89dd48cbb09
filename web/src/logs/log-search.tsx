import type { ReactElement } from 'react'

import type { LogFeed, LogFeedState } from '../data/log-feed.ts'
import { useMedia } from '../elements/use-media.ts'
import { say } from '../messages/logs.ts'
import type { TimeRange } from '../ranges/time-range.ts'
import type { RangeInAddress } from '../ranges/use-time-range.ts'
import { narrowedBy } from './edit-query.ts'
import { FacetList, type ChooseValue } from './facet-list.tsx'
import { findQueryFault } from './find-query-fault.ts'
import { FoundLines } from './found-lines.tsx'
import { Histogram } from './histogram.tsx'
import { LogEmpty } from './log-empty.tsx'
import { widerRange } from './log-time.ts'
import { LogToolbar } from './log-toolbar.tsx'
import { useFacets, useHistogram } from './use-counts.ts'
import { useLogFeed } from './use-log-feed.ts'
import { useQuestion } from './use-question.ts'
import type { LogsView } from './view.ts'

/** What a search has to know, of the page and of its address. */
interface SearchProps {
  readonly scope: string
  readonly isOfOne: boolean
  readonly view: LogsView
  readonly times: RangeInAddress
  readonly onView: (change: Partial<LogsView>) => void
  readonly onChoose: ChooseValue
}

/** Fields that say the same of all lines of one container. */
const fieldsOfOne: readonly string[] = ['container', 'host', 'image', 'service', 'source']
const noFields: readonly string[] = []

/** The lines that a query finds: how many over time, their most frequent values, and the lines themselves. */
export function LogSearch(props: SearchProps): ReactElement {
  const { scope, isOfOne, view, times, onView, onChoose } = props
  const { range, zoom, zoomOut, choose } = times
  const question = useQuestion(scope, view.query, range)
  const { feed, state } = useLogFeed(question)
  // Counts are of the query whose lines are shown, so that one which is refused is refused once.
  const histogram = useHistogram(state.query, range)
  const isWide = useMedia('(min-width: 64rem)')
  const hasFacets = view.hasFacets ?? isWide
  const facets = useFacets(state.query, range, hasFacets)
  return (
    <div className="flex min-h-0 flex-1 flex-col" data-loading={state.isLoading || undefined}>
      <LogToolbar
        view={view}
        hasFacets={hasFacets}
        fault={findQueryFault(view.query, state.error, narrowedBy(scope))}
        range={range}
        items={state.items}
        onView={onView}
        onChoose={choose}
        onZoomOut={zoomOut}
      />
      {histogram && <Histogram histogram={histogram} onZoom={zoom} />}
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        {hasFacets && facets && (
          <FacetList
            facets={facets}
            query={view.query}
            omitted={isOfOne ? fieldsOfOne : noFields}
            onChoose={onChoose}
          />
        )}
        <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
          <ListProblem state={state} feed={feed} />
          <Result {...props} feed={feed} state={state} range={range} />
        </div>
      </div>
    </div>
  )
}

/** The lines, or why there are none. */
function Result(
  props: SearchProps & {
    readonly feed: LogFeed
    readonly state: LogFeedState
    readonly range: TimeRange
  },
): ReactElement | null {
  const { feed, state, range, view, times, isOfOne, onView, onChoose } = props
  if (state.items.length > 0) {
    return (
      <FoundLines
        key={state.answerCount}
        feed={feed}
        state={state}
        isOpenEnded={range.kind === 'newest'}
        isWrapped={view.isWrapped}
        isOfOne={isOfOne}
        onChoose={onChoose}
        onContext={(line) => onView({ line })}
      />
    )
  }
  if (state.isLoading) return <p className="p-5 text-soft">{say('logs.loading')}</p>
  if (state.error?.status === 400) return <p className="p-5 text-soft">{say('logs.unreadable')}</p>
  if (state.error !== undefined) return null
  return (
    <LogEmpty
      hasQuery={view.query !== ''}
      isOfOne={isOfOne}
      wider={widerRange(range)}
      onWiden={times.choose}
      onClear={() => onView({ query: '' })}
    />
  )
}

/** Why lines could not be read. A query that is wrong is explained at its box. */
function ListProblem(props: {
  readonly state: LogFeedState
  readonly feed: LogFeed
}): ReactElement | null {
  const { state, feed } = props
  if (state.error === undefined || state.error.status === 400) return null
  return (
    <p role="alert" className="flex flex-wrap gap-3 px-3.5 py-2 sm:px-5">
      {say('logs.failed', { message: state.error.message })}
      <button type="button" className="underline" onClick={feed.retry}>
        {say('chart.retry')}
      </button>
    </p>
  )
}
