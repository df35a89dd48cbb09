import { Suspense, useState, type KeyboardEvent, type ReactElement } from 'react'

import type { Span } from '../data/history.ts'
import { useLive } from '../data/live.ts'
import { Choice } from '../elements/choice.tsx'
import { CalendarIcon, EarlierIcon, LaterIcon } from '../elements/icon.tsx'
import { lazyPart } from '../elements/lazy-part.ts'
import { say } from '../messages/message.ts'
import { shiftSpan } from './shift-span.ts'
import { spanText } from './span-text.ts'
import { rangeNames, spanOf, type RangeName, type TimeRange } from './time-range.ts'
import { useTimeRange } from './use-time-range.ts'

const CustomRange = lazyPart(async () => (await import('./custom-range.tsx')).CustomRange)

/** The time range of a page, the ways earlier and later, any other range, and the way out of a zoom. */
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
  const shift = useShift(range, onZoomOut)
  const isZoomed = range.kind === 'zoomed'
  return (
    <div
      role="group"
      aria-label={say('range.label')}
      className="flex min-w-0 flex-wrap items-center gap-2"
    >
      {isZoomed ? (
        <button
          type="button"
          className="control"
          aria-keyshortcuts="Escape ArrowLeft ArrowRight"
          onClick={onZoomOut}
          onKeyDown={(event) => shiftByKey(event, shift)}
        >
          <span className="text-ink">{spanText(range.span)}</span>
          <span className="text-faint">{say('range.zoomOut')}</span>
        </button>
      ) : (
        <span className="text-faint max-lg:hidden">{hint}</span>
      )}
      <Shift direction={-1} onShift={shift} />
      <Choice
        label={say('range.label')}
        value={isZoomed ? undefined : range.name}
        options={rangeNames.map((name) => ({
          value: name,
          text: name === 'live' ? liveText : say(`range.${name}`),
        }))}
        onChoose={onChoose}
      />
      {isZoomed && <Shift direction={1} onShift={shift} />}
      <Custom range={range} />
    </div>
  )
}

type ShiftBy = (direction: 1 | -1) => void

function Shift(props: { readonly direction: 1 | -1; readonly onShift: ShiftBy }): ReactElement {
  const { direction, onShift } = props
  const label = say(direction < 0 ? 'range.earlier' : 'range.later')
  return (
    <button
      type="button"
      className="control px-1.5 max-sm:hidden"
      aria-label={label}
      title={label}
      onClick={() => onShift(direction)}
      onKeyDown={(event) => shiftByKey(event, onShift)}
    >
      {direction < 0 ? <EarlierIcon /> : <LaterIcon />}
    </button>
  )
}

/** Any other range: a dialog that loads when it is opened. */
function Custom({ range }: { readonly range: TimeRange }): ReactElement {
  const { store } = useLive()
  const { zoom } = useTimeRange()
  const [asked, setAsked] = useState<Span>()
  return (
    <>
      <button
        type="button"
        className="control px-2"
        aria-label={say('range.custom')}
        title={say('range.custom')}
        aria-haspopup="dialog"
        onClick={() => setAsked(spanOf(range, store.nowMs()))}
      >
        <CalendarIcon />
      </button>
      {asked && (
        <Suspense>
          <CustomRange
            span={asked}
            nowMs={store.nowMs()}
            onSpan={({ fromS, toS }) => zoom(fromS, toS)}
            onClose={() => setAsked(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}

/** Moves the window by half of its length; from the last one before the present into what is live. */
function useShift(range: TimeRange, onZoomOut: () => void): ShiftBy {
  const { store } = useLive()
  const { zoom, move } = useTimeRange()
  return (direction) => {
    const span = shiftSpan(range, direction, store.nowMs())
    if (span === undefined) onZoomOut()
    else if (range.kind === 'zoomed') move(span.fromS, span.toS)
    else zoom(span.fromS, span.toS)
  }
}

function shiftByKey(event: KeyboardEvent, shift: ShiftBy): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
  event.preventDefault()
  shift(event.key === 'ArrowLeft' ? -1 : 1)
}
