import type { ReactElement } from 'react'

import type { LogFeed, LogFeedState } from '../data/log-feed.ts'
import { useMedia } from '../elements/use-media.ts'
import { say } from '../messages/logs.ts'
import type { TimeRange } from '../ranges/time-range.ts'
import type { RangeInAddress } from '../ranges/use-time-range.ts'
import { narrowedBy } from '../searches/edit-query.ts'
import type { ChooseValue } from '../searches/facet-list.tsx'
import { findQueryFault } from '../searches/find-query-fault.ts'
import { ListProblem } from '../searches/list-problem.tsx'
import { FoundLines } from './found-lines.tsx'
import { LogEmpty } from './log-empty.tsx'
import { LogFacetList } from './log-facets.tsx'
import { LogHistogramView } from './log-histogram.tsx'
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
  const { range, zoom } = times
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
        times={times}
        items={state.items}
        onView={onView}
      />
      {histogram && <LogHistogramView histogram={histogram} onZoom={zoom} />}
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        {hasFacets && facets && (
          <LogFacetList
            facets={facets}
            query={view.query}
            omitted={isOfOne ? fieldsOfOne : noFields}
            onChoose={onChoose}
          />
        )}
        <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
          <ListProblem
            error={state.error}
            textOf={(message) => say('logs.failed', { message })}
            onRetry={feed.retry}
          />
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
