import { useCallback, useMemo, type ReactElement } from 'react'

import { useHost } from '../../data/hosts.ts'
import { useSearch, useSetSearch } from '../../data/search.ts'
import { QueryBox, QueryProblem, type QueryFault } from '../../elements/query-box.tsx'
import { MarksContext } from '../../charts/marks-context.ts'
import { markOf } from '../../marks/mark-of.ts'
import { faultMarksQuery } from '../../marks/mark-queries.ts'
import { MarksToggle } from '../../marks/marks-toggle.tsx'
import { useMarksSwitch } from '../../marks/use-marks-switch.ts'
import { useMarks } from '../../marks/use-marks.ts'
import { say } from '../../messages/metrics.ts'
import { RangeControl } from '../../ranges/range-control.tsx'
import { useTimeRange } from '../../ranges/use-time-range.ts'
import { hostQuery, narrowQuery } from '../../searches/edit-query.ts'
import { useShortcuts, type Shortcuts } from '../../shell/shortcuts.ts'
import { Catalogue } from './catalogue.tsx'
import { findFault } from './find-fault.ts'
import { QueryRows } from './query-rows.tsx'
import { Results } from './results.tsx'
import { scopeSearch } from './scope-search.ts'
import { useMetricAnswer } from './use-metric-answer.ts'
import { readMetricsView, writeMetricsView, type MetricsView } from './view.ts'

const words = {
  label: say('metrics.query'),
  hint: say('metrics.queryHint'),
  shortHint: say('metrics.queryShort'),
  clear: say('metrics.queryClear'),
}

/** Bars that are thinner than a few pixels are no bars. */
const mostBars = 120

/** Any metric over time: picked or written as a query, as a chart and a table; and the catalogue of all there are. */
export function MetricsPage(): ReactElement {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readMetricsView(search), [search])
  const { query, hasCatalogue } = view
  const { range, zoom, zoomOut, choose } = useTimeRange()
  const host = useHost()
  const seen = findFault(query)
  const asked = useMetricAnswer(query, range, {
    isEnabled: query.trim() !== '' && seen === undefined,
    host,
    mostPoints: view.display === 'bars' ? mostBars : undefined,
  })
  const marksSwitch = useMarksSwitch()
  const marks = useMarks(marksQuery(query, host, marksSwitch.isOn), range, markOf)
  const onView = useCallback(
    (change: Partial<MetricsView>) => setSearch(writeMetricsView(change)),
    [setSearch],
  )
  const onQuery = useCallback((text: string) => onView({ query: text }), [onView])
  const fault = seen
    ? { text: say(`metrics.query.${seen.kind}`), at: seen.at }
    : faultOf(query, asked.error)
  const isChoosing = query.trim() === '' || hasCatalogue
  const leaveCatalogue = (): void => onView({ hasCatalogue: false })
  useShortcuts(escapeOf([range.kind === 'zoomed', zoomOut], [hasCatalogue, leaveCatalogue]))
  return (
    <div className="flex min-h-full flex-col">
      <h1 className="sr-only">{say('page.metrics')}</h1>
      <div className="flex flex-wrap items-center gap-2 bg-panel px-3.5 pt-2.5 pb-2 sm:px-5">
        <QueryBox words={words} query={query} fault={fault} onQuery={onQuery} />
        <button
          type="button"
          className="control aria-pressed:bg-raised aria-pressed:text-ink"
          aria-pressed={isChoosing}
          disabled={query.trim() === ''}
          onClick={() => onView({ hasCatalogue: !hasCatalogue })}
        >
          {say('metrics.catalogue')}
        </button>
        <RangeControl
          range={range}
          liveText={say('range.live')}
          hint=""
          onChoose={choose}
          onZoomOut={zoomOut}
        />
        <QueryProblem query={query} fault={fault} />
      </div>
      <QueryRows query={query} onQuery={onQuery} />
      {isChoosing ? (
        <Catalogue
          find={view.find}
          onFind={(find) => onView({ find })}
          onChoose={(text) => onView({ query: text, hasCatalogue: false })}
        />
      ) : (
        <MarksContext value={marks.events}>
          <Results
            {...{ view, range, asked, onView }}
            marks={<MarksToggle marks={marks} switch={marksSwitch} />}
            onZoom={zoom}
          />
        </MarksContext>
      )}
    </div>
  )
}

/** What to mark: events of what the query is about, on the chosen host. */
function marksQuery(query: string, host: string, isOn: boolean): string | undefined {
  if (!isOn || query.trim() === '') return undefined
  return faultMarksQuery(narrowQuery(hostQuery(host), scopeSearch(query)))
}

/** The server says what is wrong with a query, and where. */
function faultOf(
  query: string,
  error: ReturnType<typeof useMetricAnswer>['error'],
): QueryFault | undefined {
  if (query.trim() === '' || error === null || error.status < 400 || error.status >= 500) {
    return undefined
  }
  return { text: error.message, at: error.at }
}

/** `Esc` leaves the first thing that there is to leave. */
function escapeOf(...ways: readonly (readonly [isOpen: boolean, leave: () => void])[]): Shortcuts {
  const way = ways.find(([isOpen]) => isOpen)
  return way === undefined ? {} : { Escape: way[1] }
}
