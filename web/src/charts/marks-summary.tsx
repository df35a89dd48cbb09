import type { ReactElement } from 'react'

import { sayCount } from '../messages/charts.ts'
import { dateTimeText } from '../units/clock.ts'
import type { ChartEvent } from './chart-event.ts'

const mostTold = 8

/** The marks of a chart, for who cannot see them: how many, and the newest of them. */
export function MarksSummary(props: {
  readonly events: readonly ChartEvent[]
}): ReactElement | null {
  const { events } = props
  if (events.length === 0) return null
  return (
    <>
      <p>{sayCount('marks.summary', events.length)}</p>
      <ul>
        {events.slice(0, mostTold).map(({ timeMs, title }, place) => (
          <li key={place}>
            {dateTimeText(timeMs)} {title}
          </li>
        ))}
      </ul>
    </>
  )
}
