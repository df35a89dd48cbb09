import type { ReactElement } from 'react'

import type { Widget } from '../../../src/api/contract/dashboards.ts'
import { askScalars } from '../data/metric-answers.ts'
import { Badge } from '../elements/badge.tsx'
import { say } from '../messages/dashboards.ts'
import { AnswerView } from './answer-view.tsx'
import { useBoard } from './board-context.ts'
import { boardMetrics } from './board-query.ts'
import { numberScale, stateOf } from './number-scale.ts'
import { useWidgetAnswer } from './use-widget-answer.ts'

type QueryValueWidget = Extract<Widget, { readonly type: 'query_value' }>

/** One number, as large as its box allows; a state it stands for is said in a word, too. */
export function QueryValueView({ widget }: { readonly widget: QueryValueWidget }): ReactElement {
  const { value, format, conditions, spanS } = widget
  const board = useBoard()
  const text = boardMetrics(value.text, board)
  const answer = useWidgetAnswer({
    key: `value ${value.reduce} ${text}`,
    spanS,
    load: (span, signal) => askScalars([{ text, reduce: value.reduce }], span, signal),
  })
  return (
    <AnswerView
      of={answer}
      isEmpty={({ rows }) => rows.every(({ values }) => (values[0] ?? null) === null)}
    >
      {({ answer: { rows, units } }) => {
        const number = rows[0]?.values[0] ?? null
        const scale = numberScale(units[0] ?? '', [number], format)
        const state = stateOf(number, conditions)
        return (
          <div className="big-value" data-tone={state}>
            <p className="big-value-number">
              {scale.numberText(number)}
              {scale.unit !== '' && <span className="big-value-unit">&nbsp;{scale.unit}</span>}
            </p>
            {state && <Badge tone={state} text={say(`widget.state.${state}`)} />}
          </div>
        )
      }}
    </AnswerView>
  )
}
