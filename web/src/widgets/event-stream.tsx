import type { ReactElement } from 'react'

import type { Widget } from '../../../src/api/contract/dashboards.ts'
import type { EventRow } from '../../../src/api/contract/happenings.ts'
import { Badge } from '../elements/badge.tsx'
import { say } from '../messages/dashboards.ts'
import { clockText, dateTimeText, dayText } from '../units/clock.ts'
import { countQuantity } from '../units/quantity.ts'
import { AnswerView } from './answer-view.tsx'
import { askEvents, eventTone } from './ask-events.ts'
import { useBoard } from './board-context.ts'
import { boardSearch } from './board-query.ts'
import { useWidgetAnswer } from './use-widget-answer.ts'

type EventStreamWidget = Extract<Widget, { readonly type: 'event_stream' }>

const mostEvents = 100
const dayMs = 86_400_000

/** Events, the newest first. */
export function EventStreamView({ widget }: { readonly widget: EventStreamWidget }): ReactElement {
  const { spanS, title } = widget
  const query = boardSearch(widget.query, useBoard())
  const answer = useWidgetAnswer({
    key: `events ${mostEvents} ${query}`,
    spanS,
    load: (span, signal) => askEvents(query, span, { limit: mostEvents, signal }),
  })
  return (
    <AnswerView
      of={answer}
      isEmpty={({ events }) => events.length === 0}
      empty={say('widget.noEvents')}
    >
      {({ answer: { events, isCut }, span }) => (
        <div className="widget-scroll" tabIndex={0} role="group" aria-label={title}>
          <ul className="stream">
            {events.map((event) => (
              <Event key={event.id} event={event} hasDay={isLong(span)} />
            ))}
          </ul>
          {isCut && (
            <p className="widget-note">
              {say('widget.eventsCut', { count: countQuantity(events.length).number })}
            </p>
          )}
        </div>
      )}
    </AnswerView>
  )
}

function Event(props: { readonly event: EventRow; readonly hasDay: boolean }): ReactElement {
  const { event, hasDay } = props
  const { timeMs, title, text, source, host, tags } = event
  return (
    <li className="stream-row">
      <time title={dateTimeText(timeMs)}>
        {hasDay && `${dayText(timeMs)} `}
        {clockText(timeMs)}
      </time>
      <span className="min-w-0" title={tags.join(', ')}>
        <Badge tone={eventTone(event)} text={title} />
        {text !== '' && <span className="stream-text">{text}</span>}
      </span>
      <span className="stream-from">
        {[source, host].filter((part) => part !== '').join(' · ')}
      </span>
    </li>
  )
}

/** Whether times of day alone would leave the day open. */
function isLong({ fromS, toS }: { readonly fromS: number; readonly toS: number }): boolean {
  return (toS - fromS) * 1000 >= dayMs || Date.now() - fromS * 1000 >= dayMs
}
