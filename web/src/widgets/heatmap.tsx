import { useEffect, useId, useMemo, useRef, useState, type ReactElement } from 'react'

import type { Widget } from '../../../src/api/contract/dashboards.ts'
import { usePageMarks, useOpenMark } from '../charts/marks-context.ts'
import { MarksSummary } from '../charts/marks-summary.tsx'
import { openPlot, type Plot } from '../charts/open-plot.ts'
import { onSchemeChange } from '../charts/palette.ts'
import { cursorTimeS } from '../charts/plot-cursor.ts'
import { unfinishedFromS } from '../charts/unfinished.ts'
import { askTimeseries } from '../data/metric-answers.ts'
import { say as sayChart } from '../messages/charts.ts'
import { sayCount } from '../messages/dashboards.ts'
import { clockText } from '../units/clock.ts'
import { scaleFor, type UnitScale } from '../units/metric-unit.ts'
import { AnswerView } from './answer-view.tsx'
import { binOf } from './bins.ts'
import { useBoard } from './board-context.ts'
import { boardMetrics } from './board-query.ts'
import { countHeat, type Heat, type HeatCell } from './heat-cells.ts'
import { heatOptions, type HeatHooks, type HeatPoint } from './heat-options.ts'
import { useWidgetAnswer, type Answered } from './use-widget-answer.ts'

type HeatmapWidget = Extract<Widget, { readonly type: 'heatmap' | 'distribution' }>

/** Where the values of many series lie over time: the more series, the stronger the colour. */
export function HeatmapView({ widget }: { readonly widget: HeatmapWidget }): ReactElement {
  const { value, spanS, title } = widget
  const board = useBoard()
  const text = boardMetrics(value.text, board)
  const answer = useWidgetAnswer({
    key: `heatmap ${text}`,
    spanS,
    load: async (span, signal) => {
      const { curves } = await askTimeseries(text, span, { signal })
      const unit = curves[0]?.unit ?? ''
      const scale = scaleFor(
        unit,
        curves.flatMap(({ values }) => values),
      )
      return { heat: countHeat(curves, scale.isBinary), scale }
    },
  })
  return (
    <AnswerView of={answer} isEmpty={({ heat }) => heat.cells.length === 0}>
      {(answered) => <HeatPlot title={title} answered={answered} />}
    </AnswerView>
  )
}

interface HeatAnswer {
  readonly heat: Heat
  readonly scale: UnitScale
}

function HeatPlot(props: {
  readonly title: string
  readonly answered: Answered<HeatAnswer>
}): ReactElement {
  const { title, answered } = props
  const { onZoom } = useBoard()
  const box = useRef<HTMLDivElement>(null)
  const pointed = useRef<HTMLElement>(null)
  const [plot, setPlot] = useState<Plot>()
  const marks = usePageMarks()
  const openMark = useOpenMark()
  const summaryId = useId()
  const drawing = useRef({ answered, marks, onZoom })
  useEffect(() => {
    drawing.current = { answered, marks, onZoom }
  })
  const hooks = useMemo(
    (): HeatHooks => ({
      drawn: () => ({ ...drawing.current.answered.answer, span: drawing.current.answered.span }),
      events: () => drawing.current.marks,
      unfinishedS: () => unfinishedHeatS(drawing.current.answered),
      onZoom: (fromS, toS) => drawing.current.onZoom(fromS, toS),
      onPoint(point) {
        if (pointed.current === null) return
        const text = point === undefined ? '' : pointedText(drawing.current.answered.answer, point)
        pointed.current.textContent = text
      },
    }),
    [],
  )
  const [scheme, setScheme] = useState(0)
  useEffect(() => onSchemeChange(() => setScheme((before) => before + 1)), [])
  useEffect(() => {
    if (box.current === null) return undefined
    const opened = openPlot(box.current, {
      optionsFor: (size) => heatOptions(hooks, size),
      data: [[], []],
      steering: {
        title,
        describe: (chart) => describeHeat(drawing.current.answered.answer, cursorTimeS(chart)),
        events: hooks.events,
        onOpen: openMark,
      },
    })
    setPlot(opened)
    return opened.end
  }, [hooks, scheme, title, openMark, answered.answer.scale.isBinary])
  useEffect(() => {
    const { timesS } = answered.answer.heat
    plot?.setData([[...timesS], timesS.map(() => null)])
  }, [plot, answered, marks])
  return (
    <figure
      className="chart history"
      aria-label={title}
      aria-describedby={summaryId}
      data-chart={title}
    >
      <figcaption className="chart-legend">
        <span ref={pointed} className="text-soft" />
      </figcaption>
      <div ref={box} className="chart-box" />
      <div id={summaryId} className="sr-only">
        <MarksSummary events={marks} />
      </div>
    </figure>
  )
}

/** How many series lie where the pointer is; empty where there is none. */
function pointedText({ heat, scale }: HeatAnswer, { timeS, value }: HeatPoint): string {
  const { bins, cells, intervalS } = heat
  const atTime = cells.filter((cell) => cell.timeS <= timeS && timeS < cell.timeS + intervalS)
  const [any] = atTime
  if (any === undefined) return `${clockText(timeS * 1000)} ${sayChart('chart.noReading')}`
  const time = clockText(any.timeS * 1000)
  if (value === undefined) return time
  const cell = atTime.find(({ bin }) => bin === binOf(bins, value))
  return cell === undefined ? time : `${time} ${cellText(cell, { heat, scale })}`
}

/** What keys moved the cursor to: the time, and where the most series lie then. */
function describeHeat(answer: HeatAnswer, timeS = 0): string {
  const { cells, intervalS } = answer.heat
  const atTime = cells.filter((cell) => cell.timeS <= timeS && timeS < cell.timeS + intervalS)
  const [fullest] = atTime.toSorted((one, other) => other.count - one.count)
  const time = pointedText(answer, { timeS, value: undefined })
  return fullest === undefined ? time : `${time} ${cellText(fullest, answer)}`
}

function cellText({ bin, count }: HeatCell, { heat: { bins }, scale }: HeatAnswer): string {
  const from = bins.start + bin * bins.width
  const words = { from: scale.text(from), to: scale.text(from + bins.width) }
  return sayCount('widget.seriesAt', count, words)
}

/** Start of the last interval that was not over when the answer was asked for. */
function unfinishedHeatS({ answer: { heat }, span }: Answered<HeatAnswer>): number | undefined {
  const startS = heat.timesS.at(-1)
  if (startS === undefined) return undefined
  return unfinishedFromS({ startS, intervalS: heat.intervalS, values: [0] }, span.toS)
}
