import { useEffect, useId, useRef, useState, type ReactElement, type RefObject } from 'react'
import type uPlot from 'uplot'

import { say } from '../messages/charts.ts'
import type { ChartData } from './chart-data.ts'
import type { ChartEvent } from './chart-event.ts'
import { describeValues, timeTextOf, writeValues } from './chart-values.ts'
import { chartOptions, type ChartHooks, type ChartLook } from './chart-options.ts'
import { usePageMarks, useOpenMark } from './marks-context.ts'
import { MarksSummary } from './marks-summary.tsx'
import { openPlot } from './open-plot.ts'
import { onSchemeChange } from './palette.ts'
import type { OnZoom } from './plot-parts.ts'
import { areSeen, partialSpans, stackColumns } from './stack-columns.ts'

/** Where a chart gets its figures from, whenever `subscribe` calls. */
export interface ChartFeed {
  readonly subscribe: (listener: () => void) => () => void
  readonly read: () => ChartData
  readonly window: () => { readonly fromS: number; readonly toS: number }
  /** For how many seconds around it a reading stands. */
  readonly reachS: () => number
  /** Start of the last interval where that is not over, in Unix seconds. */
  readonly unfinishedS: () => number | undefined
}

interface ChartProps {
  readonly title: string
  readonly look: ChartLook
  readonly feed: ChartFeed
  /** What a point stands for, where it is not the reading of a second. */
  readonly note: string
  /** What stands there while there is nothing to draw: none in this range, or not read yet. */
  readonly empty: string
  readonly onZoom: OnZoom
}

/** A chart with its legend. Figures are drawn past React: a new second costs one canvas. */
export function Chart(props: ChartProps): ReactElement {
  const { title, look, note, empty } = props
  const box = useRef<HTMLDivElement>(null)
  const figure = useRef<HTMLElement>(null)
  const summaryId = useId()
  const marks = usePageMarks()
  useDrawing({ box, figure }, props, marks)
  return (
    <figure
      ref={figure}
      className="chart"
      aria-label={title}
      aria-describedby={summaryId}
      data-chart={title}
    >
      <figcaption className="chart-legend">
        <span className="font-semibold text-ink">{title}</span>
        {look.lines.map(({ label }, index) => (
          <span key={label} className="chart-key" data-line={index}>
            {look.lines.length > 1 && label} <output className="chart-value">–</output>
          </span>
        ))}
        {look.limit !== undefined && (
          <span className="chart-key" data-line="limit">
            {say('chart.limit')} <span className="chart-value">{look.format(look.limit)}</span>
          </span>
        )}
        {note !== '' && <span className="chart-interval">{note}</span>}
        <span className="chart-interval chart-partial" />
      </figcaption>
      <div ref={box} className="chart-box">
        <p className="chart-empty">{empty}</p>
        <time className="chart-time" />
      </div>
      <div id={summaryId} className="sr-only">
        <MarksSummary events={marks} />
      </div>
    </figure>
  )
}

interface Places {
  readonly box: RefObject<HTMLElement | null>
  readonly figure: RefObject<HTMLElement | null>
}

/** Draws into the places, anew when the look or the scheme changes, and whenever there are other figures or marks. */
function useDrawing(
  { box, figure }: Places,
  props: ChartProps,
  marks: readonly ChartEvent[],
): void {
  const { title, look, feed, onZoom } = props
  const openMark = useOpenMark()
  const [drawing, setDrawing] = useState<Drawing>()
  const [scheme, setScheme] = useState(0)
  useEffect(() => onSchemeChange(() => setScheme((before) => before + 1)), [])
  // What is drawn may change without drawing anew: a pointer that rests on the chart keeps its place.
  const latest = useRef({ feed, marks, onZoom })
  useEffect(() => {
    latest.current = { feed, marks, onZoom }
  })
  useEffect(() => {
    if (box.current === null || figure.current === null) return undefined
    const places = { box: box.current, figure: figure.current }
    const begun = beginDrawing({ ...places, title, look, latest, openMark })
    setDrawing(begun)
    return begun.end
  }, [box, figure, title, look, scheme, openMark])
  useEffect(() => {
    if (drawing === undefined) return undefined
    drawing.update()
    return feed.subscribe(drawing.update)
  }, [drawing, feed, marks])
}

interface Drawing {
  /** Draws what the feed has now. */
  readonly update: () => void
  readonly end: () => void
}

interface DrawingParts {
  readonly box: HTMLElement
  readonly figure: HTMLElement
  readonly title: string
  readonly look: ChartLook
  readonly latest: {
    readonly current: {
      readonly feed: ChartFeed
      readonly marks: readonly ChartEvent[]
      readonly onZoom: OnZoom
    }
  }
  readonly openMark: (event: ChartEvent) => void
}

function beginDrawing(parts: DrawingParts): Drawing {
  const { box, figure, title, look, latest, openMark } = parts
  // Values as they were read: what is stacked is drawn higher.
  let data = latest.current.feed.read()
  const showValues = (chart: uPlot): void => {
    const timeText = timeTextOf({ data, look }, chart, latest.current.feed.unfinishedS())
    const isPartial = areSeen(partialOf(data, look), latest.current.feed.window())
    writeValues(figure, { data, look, timeText, isPartial }, chart)
  }
  const hooks: ChartHooks = {
    window: () => latest.current.feed.window(),
    events: () => latest.current.marks,
    reachS: () => latest.current.feed.reachS(),
    unfinishedS: () => latest.current.feed.unfinishedS(),
    partialS: () => partialOf(data, look),
    onCursor: showValues,
    onZoom: (fromS, toS) => latest.current.onZoom(fromS, toS),
  }
  const { chart, setData, end } = openPlot(box, {
    optionsFor: (size) => chartOptions(look, hooks, size),
    data: drawnOf(data, look),
    steering: {
      title,
      describe: (drawn) => describeValues({ data, look }, drawn, latest.current.feed.unfinishedS()),
      events: hooks.events,
      onOpen: openMark,
    },
  })
  return {
    update() {
      data = latest.current.feed.read()
      setData(drawnOf(data, look))
      showValues(chart)
    },
    end,
  }
}

function partialOf(
  { timesS, held }: ChartData,
  { isStacked }: ChartLook,
): ReturnType<typeof partialSpans> {
  return isStacked === true ? partialSpans(timesS, held) : []
}

function drawnOf(
  { timesS, readings, held }: ChartData,
  { isStacked }: ChartLook,
): uPlot.AlignedData {
  return [[...timesS], ...(isStacked === true ? stackColumns(held) : readings.map((of) => [...of]))]
}
