import type { ReactElement } from 'react'

import type { Widget } from '../../../src/api/contract/dashboards.ts'
import { askScalars, type ScalarTable } from '../data/metric-answers.ts'
import { sayCount } from '../messages/dashboards.ts'
import { scaleFor } from '../units/metric-unit.ts'
import { AnswerView } from './answer-view.tsx'
import { chooseBins, countInBins } from './bins.ts'
import { useBoard } from './board-context.ts'
import { boardMetrics } from './board-query.ts'
import { useWidgetAnswer } from './use-widget-answer.ts'

type DistributionWidget = Extract<Widget, { readonly type: 'heatmap' | 'distribution' }>

const wantedBins = 16

/** How many groups have a value in each of some ranges. */
export function DistributionView({
  widget,
}: {
  readonly widget: DistributionWidget
}): ReactElement {
  const { value, spanS, title } = widget
  const board = useBoard()
  const text = boardMetrics(value.text, board)
  const answer = useWidgetAnswer({
    key: `value ${value.reduce} ${text}`,
    spanS,
    load: (span, signal) => askScalars([{ text, reduce: value.reduce }], span, signal),
  })
  return (
    <AnswerView of={answer} isEmpty={(table) => numbersOf(table).length === 0}>
      {({ answer: table }) => <Bars title={title} table={table} />}
    </AnswerView>
  )
}

function Bars(props: { readonly title: string; readonly table: ScalarTable }): ReactElement {
  const { title, table } = props
  const values = numbersOf(table)
  const scale = scaleFor(table.units[0] ?? '', values)
  const bins = chooseBins(values, { wanted: wantedBins, isBinary: scale.isBinary })
  const counts = countInBins(values, bins)
  const most = Math.max(...counts)
  const edge = (bin: number): number => bins.start + bin * bins.width
  const words = { from: scale.text(edge(0)), to: scale.text(edge(bins.count)) }
  const summary = sayCount('widget.bin', values.length, words)
  return (
    <figure className="distribution" aria-label={title}>
      <figcaption className="text-soft">{summary}</figcaption>
      <ol className="distribution-bars">
        {counts.map((count, bin) => (
          <li
            key={bin}
            title={sayCount('widget.bin', count, {
              from: scale.text(edge(bin)),
              to: scale.text(edge(bin + 1)),
            })}
          >
            <span className="distribution-count">{count > 0 && count}</span>
            <span className="distribution-bar" style={{ flexGrow: count / most }} />
            <span className="sr-only">{scale.text(edge(bin))}</span>
          </li>
        ))}
      </ol>
      <p className="distribution-axis" aria-hidden="true">
        <span>{scale.axisText(edge(0))}</span>
        <span>{scale.axisText(edge(bins.count / 2))}</span>
        <span>{scale.axisText(edge(bins.count))}</span>
      </p>
    </figure>
  )
}

function numbersOf({ rows }: ScalarTable): readonly number[] {
  return rows.flatMap(({ values: [value = null] }) => (value === null ? [] : [value]))
}
