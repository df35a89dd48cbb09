import { useMemo, useState, type ReactElement } from 'react'

import type { Widget } from '../../../src/api/contract/dashboards.ts'
import { HistoryChart, type HistoryLine } from '../charts/history-chart.tsx'
import { askTimeseries, type Timeseries } from '../data/metric-answers.ts'
import { AnswerView } from './answer-view.tsx'
import { useBoard } from './board-context.ts'
import { boardMetrics } from './board-query.ts'
import { curveName } from './group-name.ts'
import { useChartEvents } from './use-chart-events.ts'
import { useWidgetAnswer, type Answered } from './use-widget-answer.ts'

type TimeseriesWidget = Extract<Widget, { readonly type: 'timeseries' }>
type CurveSpec = TimeseriesWidget['curves'][number]

/** Curves over time. */
export function TimeseriesView({ widget }: { readonly widget: TimeseriesWidget }): ReactElement {
  const { curves, spanS } = widget
  const board = useBoard()
  const texts = useMemo(() => curves.map(({ text }) => boardMetrics(text, board)), [curves, board])
  const answer = useWidgetAnswer({
    key: `timeseries ${texts.join('\n')}`,
    spanS,
    load: async (span, signal) =>
      await Promise.all(texts.map((text) => askTimeseries(text, span, { signal }))),
  })
  return (
    <AnswerView of={answer} isEmpty={(all) => all.every((one) => one.curves.length === 0)}>
      {(answered) => <Drawn widget={widget} answered={answered} />}
    </AnswerView>
  )
}

function Drawn(props: {
  readonly widget: TimeseriesWidget
  readonly answered: Answered<readonly Timeseries[]>
}): ReactElement {
  const { widget, answered } = props
  const { title, curves, axis, markers, events, spanS, hasLegend } = widget
  const { onZoom } = useBoard()
  const [highlighted, setHighlighted] = useState<string>()
  const lines = useMemo(() => linesOf(curves, answered.answer), [curves, answered.answer])
  const notes = [...new Set(answered.answer.map(({ note }) => note).filter((note) => note !== ''))]
  const chartEvents = useChartEvents(events, spanS)
  return (
    <>
      {notes.length > 0 && <p className="widget-note">{notes.join(' ')}</p>}
      <HistoryChart
        title={title}
        hasTitle={false}
        lines={lines}
        span={answered.span}
        axis={axis}
        isStacked={curves.length > 0 && curves.every(({ display }) => display !== 'line')}
        markers={markers}
        events={chartEvents}
        hasLegend={hasLegend}
        highlighted={highlighted}
        onHighlight={setHighlighted}
        onZoom={onZoom}
      />
    </>
  )
}

function linesOf(
  specs: readonly CurveSpec[],
  answers: readonly Timeseries[],
): readonly HistoryLine[] {
  return specs.flatMap(({ alias, display }, index) =>
    (answers[index]?.curves ?? []).map((curve) => ({
      // The same query may be asked twice.
      curve: { ...curve, key: `${index}|${curve.key}` },
      label: curveName(curve, alias, specs.length === 1),
      display,
    })),
  )
}
