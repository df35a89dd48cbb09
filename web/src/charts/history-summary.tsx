import type { ReactElement } from 'react'

import { say, sayCount } from '../messages/message.ts'
import type { ChartEvent } from './chart-event.ts'
import { curveFigures, unitScales } from './history-figures.ts'
import type { HistoryLine } from './history-chart.tsx'
import { MarksSummary } from './marks-summary.tsx'

const mostTold = 12

/** What a chart shows, for who cannot see it: least, mean, greatest and last of its first lines. */
export function HistorySummary(props: {
  readonly id: string
  readonly lines: readonly HistoryLine[]
  readonly events: readonly ChartEvent[]
}): ReactElement {
  const { id, lines, events } = props
  const scales = unitScales(lines.map(({ curve }) => curve))
  const more = lines.length - mostTold
  return (
    <div id={id} className="sr-only">
      <p>{lines.length === 0 ? say('chart.none') : sayCount('history.lines', lines.length)}</p>
      <ul>
        {lines.slice(0, mostTold).map(({ curve, label }) => {
          const figures = curveFigures(curve)
          const text = (value: number | undefined): string =>
            scales.get(curve.unit)?.text(value) ?? ''
          return (
            <li key={curve.key}>
              {say('history.figures', {
                label,
                min: text(figures.min),
                avg: text(figures.avg),
                max: text(figures.max),
                last: text(figures.last),
              })}
            </li>
          )
        })}
      </ul>
      {more > 0 && <p>{sayCount('history.more', more)}</p>}
      <MarksSummary events={events} />
    </div>
  )
}
