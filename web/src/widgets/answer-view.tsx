import type { ReactElement, ReactNode } from 'react'

import { say } from '../messages/dashboards.ts'
import { clockText } from '../units/clock.ts'
import type { Answered, WidgetAnswer } from './use-widget-answer.ts'

/** What a widget shows of its answer: that it is read, why there is none, that it holds nothing, or the answer itself. */
export function AnswerView<Answer>(props: {
  readonly of: WidgetAnswer<Answer>
  readonly isEmpty: (answer: Answer) => boolean
  /** What stands there when there is nothing. */
  readonly empty?: string
  readonly children: (answered: Answered<Answer>) => ReactNode
}): ReactElement {
  const { of, isEmpty, empty = say('widget.empty'), children } = props
  const { data, error, isLoading } = of
  if (data === undefined) {
    return error === null ? <Words text={say('widget.loading')} /> : <Failed of={of} />
  }
  return (
    <div className="widget-answer" data-loading={isLoading || undefined}>
      {error !== null && <Old of={of} />}
      {isEmpty(data.answer) ? <Words text={empty} /> : children(data)}
    </div>
  )
}

function Words({ text }: { readonly text: string }): ReactElement {
  return <p className="widget-words">{text}</p>
}

function Failed({ of }: { readonly of: WidgetAnswer<unknown> }): ReactElement {
  return (
    <div className="widget-words" role="alert">
      <p className="break-words">{say('widget.failed', { message: of.error?.message ?? '' })}</p>
      <button type="button" className="underline" onClick={of.retry}>
        {say('widget.retry')}
      </button>
    </div>
  )
}

/** The answer before stays in sight and says that it is old. */
function Old({ of }: { readonly of: WidgetAnswer<unknown> }): ReactElement {
  const { atMs, error } = of
  return (
    <p className="widget-old" data-tone="warning" role="status">
      {say('widget.old', { time: clockText(atMs), message: error?.message ?? '' })}
    </p>
  )
}
