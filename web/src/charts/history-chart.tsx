import { useId, useMemo, useRef, type ReactElement } from 'react'

import type { Marker } from '../../../src/api/contract/dashboards.ts'
import type { Span } from '../data/history.ts'
import type { Curve } from '../data/metric-answers.ts'
import { say } from '../messages/message.ts'
import type { ChartEvent } from './draw-marks.ts'
import { HistoryLegend } from './history-legend.tsx'
import type { HistoryAxis, LineDisplay } from './history-options.ts'
import { HistorySummary } from './history-summary.tsx'
import type { OnZoom } from './plot-parts.ts'
import { useHistoryPlot } from './use-history-plot.ts'

/** One line of a history chart. */
export interface HistoryLine {
  readonly curve: Curve
  /** How a reader tells it from the others of the chart. */
  readonly label: string
  readonly display: LineDisplay
  /** Place of its colour in the palette; its place among the lines where absent. */
  readonly colour?: number
}

/** What a history chart is made of. It fills the box it stands in, whose height must be set. */
export interface HistoryChartProps {
  /** Its name; shown above it, unless that is done elsewhere. */
  readonly title: string
  readonly hasTitle?: boolean
  /** At most 100 are drawn. The same array as long as the answer is the same. */
  readonly lines: readonly HistoryLine[]
  /** What the axis of time shows. */
  readonly span: Span
  readonly axis?: HistoryAxis
  /** Whether lines stand on top of each other. */
  readonly isStacked?: boolean
  /** Lines and bands at values of the first unit. */
  readonly markers?: readonly Marker[]
  /** Marks at times; the one at the pointer is named. */
  readonly events?: readonly ChartEvent[]
  /** Whether the lines are listed below, each with its value at the pointer or else its newest. */
  readonly hasLegend: boolean
  /** The `key` of the curve that stands out; the others step back. */
  readonly highlighted?: string | undefined
  /** The curve that the pointer came to, in the chart or the legend; `undefined` when it left. */
  readonly onHighlight?: (key: string | undefined) => void
  /** A span that was dragged over, in Unix seconds: for the page's one time range. */
  readonly onZoom: OnZoom
}

const mostLines = 100

/**
 * Answered lines over time, with gaps where nothing was stored. Its cursor moves with those of all charts of the page;
 * dragging over it zooms.
 */
export function HistoryChart(props: HistoryChartProps): ReactElement {
  const { title, hasTitle = true, hasLegend, highlighted, onHighlight } = props
  const lines = useMemo(() => props.lines.slice(0, mostLines), [props.lines])
  const box = useRef<HTMLDivElement>(null)
  const figure = useRef<HTMLElement>(null)
  const summaryId = useId()
  useHistoryPlot(box, figure, { ...props, lines })
  return (
    <figure
      ref={figure}
      className="chart history"
      aria-label={title}
      aria-describedby={summaryId}
      data-chart={title}
    >
      <figcaption className="chart-legend">
        {hasTitle && <span className="font-semibold text-ink">{title}</span>}
        <span className="chart-pointed" />
        <time className="chart-time" />
      </figcaption>
      <div ref={box} className="chart-box">
        <p className="chart-empty">{say('chart.none')}</p>
      </div>
      <HistorySummary id={summaryId} lines={lines} />
      {hasLegend && <HistoryLegend {...{ lines, highlighted, onHighlight }} />}
    </figure>
  )
}
