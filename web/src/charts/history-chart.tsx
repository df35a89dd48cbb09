import { useId, useMemo, useRef, type ReactElement } from 'react'

import type { Marker } from '../../../src/api/contract/dashboards.ts'
import type { Span } from '../data/history.ts'
import type { Curve } from '../data/metric-answers.ts'
import { say } from '../messages/charts.ts'
import { durationText } from '../units/duration.ts'
import type { ChartEvent } from './chart-event.ts'
import { HistoryLegend } from './history-legend.tsx'
import type { HistoryAxis, LineDisplay } from './history-options.ts'
import { HistorySummary } from './history-summary.tsx'
import type { OnZoom } from './plot-parts.ts'
import { usePageMarks } from './marks-context.ts'
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
  /** Marks at times, besides those of the page; the one at the pointer is named. */
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
  const marks = usePageMarks()
  const events = useMemo(() => [...(props.events ?? []), ...marks], [props.events, marks])
  useHistoryPlot(box, figure, { ...props, lines, events })
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
        <IntervalNote lines={lines} />
        <span className="chart-interval chart-partial" />
      </figcaption>
      <div ref={box} className="chart-box">
        <p className="chart-empty">{say('chart.none')}</p>
        <time className="chart-time" />
      </div>
      <HistorySummary id={summaryId} lines={lines} events={events} />
      {hasLegend && <HistoryLegend {...{ lines, highlighted, onHighlight }} />}
    </figure>
  )
}

/** How much time a point stands for, where it is more than a reading a second. */
function IntervalNote({ lines }: Pick<HistoryChartProps, 'lines'>): ReactElement | null {
  const intervalsS = lines.map(({ curve }) => curve.intervalS)
  const longestS = Math.max(0, ...intervalsS)
  if (longestS <= 1) return null
  const bounds = new Set([Math.min(...intervalsS), longestS])
  const interval = [...bounds].map((seconds) => durationText(seconds * 1000)).join(' – ')
  return <span className="chart-interval">{say('chart.perPoint', { interval })}</span>
}
