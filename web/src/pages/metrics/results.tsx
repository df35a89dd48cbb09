import { useMemo, useState, type ReactElement } from 'react'

import { HistoryChart, type HistoryLine } from '../../charts/history-chart.tsx'
import type { OnZoom } from '../../charts/plot-parts.ts'
import { say, sayCount } from '../../messages/metrics.ts'
import type { TimeRange } from '../../ranges/time-range.ts'
import { LineTable } from './line-table.tsx'
import { lineRows, sortRows, type LineRow } from './line-rows.ts'
import { NoLines } from './no-lines.tsx'
import { ResultToolbar } from './result-toolbar.tsx'
import type { MetricAnswer, useMetricAnswer } from './use-metric-answer.ts'
import { lineDisplay, type MetricsView } from './view.ts'

/** A chart shows no more lines than can be told apart; the table shows all. */
const mostDrawn = 100

interface ResultsProps {
  readonly view: MetricsView
  readonly range: TimeRange
  readonly onView: (change: Partial<MetricsView>) => void
  /** The switch for events on the chart. */
  readonly marks: ReactElement
  readonly onZoom: OnZoom
}

/** What was answered to a query; it stays until there is something new. */
export function Results(
  props: ResultsProps & { readonly asked: ReturnType<typeof useMetricAnswer> },
): ReactElement {
  const { answer, error, isLoading, retry } = props.asked
  const isServerFault = error !== null && (error.status === 0 || error.status >= 500)
  return (
    <div className="flex flex-1 flex-col gap-3 px-3.5 pt-3 pb-8 sm:px-5">
      {isServerFault && (
        <p role="alert" className="flex flex-wrap gap-3">
          {say('metrics.failed', { message: error.message })}
          <button type="button" className="underline" onClick={retry}>
            {say('chart.retry')}
          </button>
        </p>
      )}
      {answer && <Answered {...props} answer={answer} isOld={isLoading} />}
      {!answer && !isServerFault && (
        <p className="text-soft" role="status">
          {say(isLoading ? 'metrics.loading' : 'metrics.unreadable')}
        </p>
      )}
    </div>
  )
}

/** An answer as a chart, and as a table of its lines. */
function Answered(
  props: ResultsProps & { readonly answer: MetricAnswer; readonly isOld: boolean },
): ReactElement {
  const { answer, isOld, view, range, marks, onView, onZoom } = props
  const [highlighted, setHighlighted] = useState<string>()
  const rows = useMemo(() => lineRows(answer.curves), [answer])
  const sorted = useMemo(() => sortRows(rows, view.sort), [rows, view.sort])
  const lines = useMemo(() => drawnLines(rows, view), [rows, view])
  return (
    <>
      <ResultToolbar {...{ view, answer, onView, marks }} rows={sorted} />
      {answer.note !== '' && <p className="text-soft">{answer.note}</p>}
      {rows.length > mostDrawn && (
        <p className="text-soft">{sayCount('metrics.notDrawn', rows.length - mostDrawn)}</p>
      )}
      <div className="metrics-chart" data-loading={isOld || undefined}>
        <HistoryChart
          title={answer.query}
          hasTitle={false}
          lines={lines}
          span={answer.span}
          axis={{ isLog: view.isLog }}
          isStacked={view.display === 'stacked' || view.display === 'bars'}
          hasLegend={false}
          highlighted={highlighted}
          onHighlight={setHighlighted}
          onZoom={onZoom}
        />
      </div>
      {rows.length === 0 ? (
        <NoLines range={range} />
      ) : (
        <LineTable
          rows={sorted}
          sort={view.sort}
          highlighted={highlighted}
          onHighlight={setHighlighted}
          onSort={(sort) => onView({ sort })}
        />
      )}
    </>
  )
}

/** The lines with the highest values, in the order of the answer. */
function drawnLines(rows: readonly LineRow[], { display }: MetricsView): readonly HistoryLine[] {
  const drawn =
    rows.length <= mostDrawn
      ? rows
      : sortRows(rows, { column: 'max', isFalling: true })
          .slice(0, mostDrawn)
          .toSorted((left, right) => left.colour - right.colour)
  return drawn.map(({ curve, label, colour }) => ({
    curve,
    label,
    colour,
    display: lineDisplay(display),
  }))
}
