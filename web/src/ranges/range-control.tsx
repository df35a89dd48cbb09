import type { ReactElement } from 'react'

import { Choice } from '../elements/choice.tsx'
import { say } from '../messages/message.ts'
import { clockText, dateTimeText } from '../units/clock.ts'
import { rangeNames, type RangeName, type TimeRange } from './time-range.ts'

const dayS = 86_400

/** The time range of a page, and the way out of a zoom. */
export function RangeControl(props: {
  readonly range: TimeRange
  /** What the range is called that moves on with the present. */
  readonly liveText: string
  /** Says how to zoom, while nothing is zoomed. */
  readonly hint: string
  readonly onChoose: (name: RangeName) => void
  readonly onZoomOut: () => void
}): ReactElement {
  const { range, liveText, hint, onChoose, onZoomOut } = props
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      {range.kind === 'zoomed' ? (
        <button type="button" className="control" onClick={onZoomOut}>
          <span className="text-ink">{spanText(range.span.fromS, range.span.toS)}</span>
          <span className="text-faint">{say('range.zoomOut')}</span>
        </button>
      ) : (
        <span className="text-faint max-lg:hidden">{hint}</span>
      )}
      <Choice
        label={say('range.label')}
        value={range.kind === 'zoomed' ? undefined : range.name}
        options={rangeNames.map((name) => ({
          value: name,
          text: name === 'live' ? liveText : say(`range.${name}`),
        }))}
        onChoose={onChoose}
      />
    </div>
  )
}

/** Times of day are enough within one; a span that is longer, or long ago, says its days. */
function spanText(fromS: number, toS: number): string {
  const isRecent = toS - fromS < dayS && Date.now() / 1000 - fromS < dayS
  const text = isRecent ? clockText : dateTimeText
  return say('range.zoomed', { from: text(fromS * 1000), to: text(toS * 1000) })
}
