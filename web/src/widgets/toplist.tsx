import type { ReactElement } from 'react'

import type { Widget } from '../../../src/api/contract/dashboards.ts'
import { askScalars, type ScalarTable } from '../data/metric-answers.ts'
import { say, sayCount } from '../messages/dashboards.ts'
import { countQuantity } from '../units/quantity.ts'
import { AnswerView } from './answer-view.tsx'
import { useBoard } from './board-context.ts'
import { boardMetrics } from './board-query.ts'
import { groupName } from './group-name.ts'
import { numberScale, stateOf } from './number-scale.ts'
import { sortRows } from './sort-rows.ts'
import { useWidgetAnswer } from './use-widget-answer.ts'

type ToplistWidget = Extract<Widget, { readonly type: 'toplist' }>

/** The groups with the highest or the lowest values, each with a bar. */
export function ToplistView({ widget }: { readonly widget: ToplistWidget }): ReactElement {
  const { value, spanS } = widget
  const board = useBoard()
  const text = boardMetrics(value.text, board)
  const answer = useWidgetAnswer({
    key: `value ${value.reduce} ${text}`,
    spanS,
    load: (span, signal) => askScalars([{ text, reduce: value.reduce }], span, signal),
  })
  return (
    <AnswerView of={answer} isEmpty={({ rows }) => rows.length === 0}>
      {({ answer: table }) => <Bars widget={widget} table={table} />}
    </AnswerView>
  )
}

function Bars(props: {
  readonly widget: ToplistWidget
  readonly table: ScalarTable
}): ReactElement {
  const { format, limit, order, conditions, title } = props.widget
  const { rows, units, groupKeys } = props.table
  const sorted = sortRows(rows, { by: 0, order }).filter(({ values }) => values[0] !== null)
  const shown = sorted.slice(0, limit)
  const values = shown.map((row) => row.values[0] ?? null)
  const scale = numberScale(units[0] ?? '', values, format)
  const highest = Math.max(...values.map((value) => Math.abs(value ?? 0)), Number.MIN_VALUE)
  return (
    <div className="widget-scroll" tabIndex={0} role="group" aria-label={title}>
      <table className="toplist">
        <thead>
          <tr>
            <th scope="col">{groupKeys.join(', ') || say('widget.group')}</th>
            <th scope="col" data-number>
              {scale.unit === '' ? say('widget.value') : scale.unit}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ groups, values: [value = null] }) => (
            <tr key={groups.join('\n')} data-tone={stateOf(value, conditions)}>
              <th scope="row" title={groupName(groups)}>
                <span
                  className="toplist-bar"
                  style={{ transform: `scaleX(${Math.abs(value ?? 0) / highest})` }}
                />
                <span className="toplist-name">{groupName(groups)}</span>
              </th>
              <td data-number>{scale.numberText(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shown.length && (
        <p className="widget-note">
          {say('widget.cut', {
            shown: countQuantity(shown.length).number,
            count: sayCount('widget.count', sorted.length),
          })}
        </p>
      )}
    </div>
  )
}
