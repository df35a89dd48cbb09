import { useEffect, useRef, useState, type ReactElement } from 'react'
import type uPlot from 'uplot'

import { say } from '../messages/message.ts'
import { clockText } from '../units/clock.ts'
import type { ChartData } from './chart-data.ts'
import { chartOptions, type ChartHooks, type ChartLook } from './chart-options.ts'
import { openPlot } from './open-plot.ts'
import { onSchemeChange } from './palette.ts'
import type { OnZoom } from './plot-parts.ts'

/** Where a chart gets its figures from, whenever `subscribe` calls. */
export interface ChartFeed {
  readonly subscribe: (listener: () => void) => () => void
  readonly read: () => ChartData
  readonly window: () => { readonly fromS: number; readonly toS: number }
}

/** A chart with its legend. Figures are drawn past React: a new second costs one canvas. */
export function Chart(props: {
  readonly title: string
  readonly look: ChartLook
  readonly feed: ChartFeed
  readonly onZoom: OnZoom
}): ReactElement {
  const { title, look, feed, onZoom } = props
  const box = useRef<HTMLDivElement>(null)
  const legend = useRef<HTMLElement>(null)
  const [drawing, setDrawing] = useState<Drawing>()
  const [scheme, setScheme] = useState(0)
  useEffect(() => onSchemeChange(() => setScheme((before) => before + 1)), [])
  // What is drawn may change without drawing anew: a pointer that rests on the chart keeps its place.
  const latest = useRef({ feed, onZoom })
  useEffect(() => {
    latest.current = { feed, onZoom }
  })
  useEffect(() => {
    if (box.current === null || legend.current === null) return undefined
    const begun = beginDrawing({ box: box.current, legend: legend.current, look, latest })
    setDrawing(begun)
    return begun.end
  }, [look, scheme])
  useEffect(() => {
    if (drawing === undefined) return undefined
    drawing.update()
    return feed.subscribe(drawing.update)
  }, [drawing, feed])
  return (
    <figure className="chart" aria-label={title} data-chart={title}>
      <figcaption ref={legend} className="chart-legend">
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
        <time className="chart-time" />
      </figcaption>
      <div ref={box} className="chart-box">
        <p className="chart-empty">{say('chart.none')}</p>
      </div>
    </figure>
  )
}

interface Drawing {
  /** Draws what the feed has now. */
  readonly update: () => void
  readonly end: () => void
}

interface DrawingParts {
  readonly box: HTMLElement
  readonly legend: HTMLElement
  readonly look: ChartLook
  readonly latest: {
    readonly current: {
      readonly feed: ChartFeed
      readonly onZoom: OnZoom
    }
  }
}

function beginDrawing({ box, legend, look, latest }: DrawingParts): Drawing {
  const outputs = [...legend.querySelectorAll('output')]
  const time = legend.querySelector('time')
  const showValues = (chart: uPlot): void => {
    const pointedS = chart.data[0][chart.cursor.idx ?? -1]
    if (time) time.textContent = pointedS === undefined ? '' : clockText(pointedS * 1000)
    outputs.forEach((output, line) => {
      const value = valueAtCursor(chart, line + 1)
      output.textContent = value === undefined ? '–' : look.format(value)
    })
  }
  const hooks: ChartHooks = {
    window: () => latest.current.feed.window(),
    onCursor: showValues,
    onZoom: (fromS, toS) => latest.current.onZoom(fromS, toS),
  }
  const { chart, setData, end } = openPlot(
    box,
    (size) => chartOptions(look, hooks, size),
    latest.current.feed.read(),
  )
  return {
    update() {
      setData(latest.current.feed.read())
      showValues(chart)
    },
    end,
  }
}

/** The reading under the cursor, or the newest; `undefined` in a gap and where the newest is not in sight. */
function valueAtCursor(chart: uPlot, line: number): number | undefined {
  const column = chart.data[line] ?? []
  const cursor = chart.cursor.idx
  let index = cursor ?? column.length - 1
  while (index > 0 && column[index] === undefined) index -= 1
  return column[index] ?? undefined
}
