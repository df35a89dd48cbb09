import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react'

import type { Widget } from '../../../src/api/contract/dashboards.ts'
import { openPlot, type Plot } from '../charts/open-plot.ts'
import { onSchemeChange } from '../charts/palette.ts'
import { askTimeseries } from '../data/metric-answers.ts'
import { sayCount } from '../messages/dashboards.ts'
import { clockText } from '../units/clock.ts'
import { scaleFor, type UnitScale } from '../units/metric-unit.ts'
import { AnswerView } from './answer-view.tsx'
import { binOf } from './bins.ts'
import { useBoard } from './board-context.ts'
import { boardMetrics } from './board-query.ts'
import { countHeat, type Heat } from './heat-cells.ts'
import { heatOptions, type HeatHooks } from './heat-options.ts'
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
  const drawing = useRef({ answered, onZoom })
  useEffect(() => {
    drawing.current = { answered, onZoom }
  })
  const hooks = useMemo(
    (): HeatHooks => ({
      drawn: () => ({ ...drawing.current.answered.answer, span: drawing.current.answered.span }),
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
    const opened = openPlot(box.current, (size) => heatOptions(hooks, size), [[], []])
    setPlot(opened)
    return opened.end
  }, [hooks, scheme, answered.answer.scale.isBinary])
  useEffect(() => {
    const { timesS } = answered.answer.heat
    plot?.setData([[...timesS], timesS.map(() => null)])
  }, [plot, answered])
  return (
    <figure className="chart history" aria-label={title} data-chart={title}>
      <figcaption className="chart-legend">
        <span ref={pointed} className="text-soft" />
      </figcaption>
      <div ref={box} className="chart-box" />
    </figure>
  )
}

/** How many series lie where the pointer is; empty where there is none. */
function pointedText(
  { heat, scale }: HeatAnswer,
  { timeS, value }: { readonly timeS: number; readonly value: number },
): string {
  const { bins, cells, intervalS } = heat
  const bin = binOf(bins, value)
  const cell = cells.find(
    (one) => one.bin === bin && one.timeS <= timeS && timeS < one.timeS + intervalS,
  )
  if (cell === undefined) return ''
  const from = bins.start + bin * bins.width
  const words = { from: scale.text(from), to: scale.text(from + bins.width) }
  return `${clockText(cell.timeS * 1000)} ${sayCount('widget.seriesAt', cell.count, words)}`
}
