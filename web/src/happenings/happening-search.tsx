import { useMemo, type ReactElement } from 'react'

import type { RequestError } from '../data/request.ts'
import { useMedia } from '../elements/use-media.ts'
import { say, sayCount } from '../messages/events.ts'
import type { RangeInAddress } from '../ranges/use-time-range.ts'
import { narrowedBy, narrowQuery } from '../searches/edit-query.ts'
import type { ChooseValue } from '../searches/facet-list.tsx'
import { findQueryFault } from '../searches/find-query-fault.ts'
import { ListProblem } from '../searches/list-problem.tsx'
import { SearchToolbar } from '../searches/search-toolbar.tsx'
import { useReadableQuery } from '../searches/use-readable-query.ts'
import { headingStep, listedTime, widerRange } from './event-time.ts'
import { HappeningEmpty } from './happening-empty.tsx'
import { HappeningFacetList } from './happening-facets.tsx'
import type { HappeningFeed, HappeningFeedState } from './happening-feed.ts'
import { HappeningHistogram } from './happening-histogram.tsx'
import { HappeningList } from './happening-list.tsx'
import { useHappeningCounts } from './use-happening-counts.ts'
import { useHappeningFeed } from './use-happening-feed.ts'
import type { EventsView } from './view.ts'

/** What a search has to know, of the page and of its address. */
interface SearchProps {
  /** A query that all happenings answer; empty for all. */
  readonly scope: string
  /** Whether all are of one container. */
  readonly isOfOne: boolean
  readonly view: EventsView
  readonly times: RangeInAddress
  readonly onView: (change: Partial<EventsView>) => void
  readonly onChoose: ChooseValue
}

/** Fields that say the same of all that happened to one container. */
const fieldsOfOne: readonly string[] = ['container', 'host', 'image']
const noFields: readonly string[] = []
const words = { label: say('events.query'), hint: say('events.queryHint') }

/** What a query finds: how much over time, its most frequent values, and one by one. */
export function HappeningSearch(props: SearchProps): ReactElement {
  const { scope, isOfOne, view, times, onView, onChoose } = props
  const { range, zoom } = times
  const readable = useReadableQuery(view.query)
  const question = useMemo(
    () => ({ query: narrowQuery(scope, readable), time: listedTime(range) }),
    [scope, readable, range],
  )
  const { feed, state } = useHappeningFeed(question)
  // Counts are of the query whose rows are shown, so that one which is refused is refused once.
  const { counts, span, error: countsError } = useHappeningCounts(state.query, range)
  const isWide = useMedia('(min-width: 64rem)')
  const hasFacets = view.hasFacets ?? isWide
  return (
    <div className="flex min-h-0 flex-1 flex-col" data-loading={state.isLoading || undefined}>
      <SearchToolbar
        words={words}
        query={view.query}
        hasFacets={hasFacets}
        fault={findQueryFault(view.query, state.error, narrowedBy(scope))}
        times={times}
        countText={sayCount('events.shown', state.rows.length)}
        onChange={onView}
      />
      {counts && <HappeningHistogram counts={counts} span={span} onZoom={zoom} />}
      {countsError && <Uncounted error={countsError} />}
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        {hasFacets && counts && (
          <HappeningFacetList
            counts={counts}
            query={view.query}
            omitted={isOfOne ? fieldsOfOne : noFields}
            onChoose={onChoose}
          />
        )}
        <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
          <ListProblem
            error={state.error}
            textOf={(message) => say('events.failed', { message })}
            onRetry={feed.retry}
          />
          <Result {...props} feed={feed} state={state} />
        </div>
      </div>
    </div>
  )
}

/** The rows, or why there are none. */
function Result(
  props: SearchProps & { readonly feed: HappeningFeed; readonly state: HappeningFeedState },
): ReactElement | null {
  const { feed, state, view, times, isOfOne, onView, onChoose } = props
  const { range } = times
  // Only the list around a link's event is searched for it.
  const marked = range.kind === 'zoomed' ? view.marked : ''
  if (state.rows.length > 0) {
    const isGone = marked !== '' && isWithout(state, marked)
    return (
      <>
        {isGone && <p className="px-3.5 py-2 text-soft sm:px-5">{say('events.gone')}</p>}
        <HappeningList
          key={state.answerCount}
          {...{ feed, state, isOfOne, marked, onChoose }}
          step={headingStep(range)}
        />
      </>
    )
  }
  if (state.isLoading) return <p className="p-5 text-soft">{say('events.loading')}</p>
  if (state.error?.status === 400) {
    return <p className="p-5 text-soft">{say('events.unreadable')}</p>
  }
  if (state.error !== undefined) return null
  return (
    <HappeningEmpty
      hasQuery={view.query !== ''}
      isOfOne={isOfOne}
      wider={widerRange(range)}
      onWiden={times.choose}
      onClear={() => onView({ query: '' })}
    />
  )
}

function isWithout({ rows, hasOlder, isLoading }: HappeningFeedState, id: string): boolean {
  return !isLoading && !hasOlder && !rows.some((row) => row.id === id)
}

/** Why there is no histogram, or an old one. */
function Uncounted({ error }: { readonly error: RequestError }): ReactElement | null {
  // A query that is wrong is explained at its box; a lost server over the whole page.
  if (error.status === 400 || error.status === 0) return null
  return (
    <p role="status" className="px-3.5 py-2 text-soft sm:px-5">
      {say('events.uncounted', { message: error.message })}
    </p>
  )
}
