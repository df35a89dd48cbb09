import {
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
} from 'react'

import type { Span } from '../data/history.ts'
import { say } from '../messages/past.ts'
import { clockText, dateTimeText, dayText, minuteText } from '../units/clock.ts'
import { curveSize } from './curve-path.ts'
import { timeMarks } from './time-marks.ts'
import { ratioOf, secondAt } from './time-window.ts'
import type { BarData } from './use-bar-data.ts'
import { useSidewaysWheel } from './use-sideways-wheel.ts'

/** How a moment was chosen: while the handle is being dragged, or for good. */
export type Choosing = 'dragging' | 'chosen'

const dayS = 86_400
const mostMarks = 7

/** The line of time: what happened, how busy it was, and the handle at the moment that is shown. */
export function TimeSlider(props: {
  readonly span: Span
  readonly atS: number
  readonly latestS: number
  readonly keptFromS: number | undefined
  readonly data: BarData
  /** Of the moment: how fine its figures are. */
  readonly about: string
  /** Whether the reader has just opened the bar, so that the keys are the handle's. */
  readonly takesFocus: boolean
  readonly onChoose: (atS: number, choosing: Choosing) => void
  readonly onDrag: () => void
}): ReactElement {
  const { span, atS, latestS, keptFromS, data, about, takesFocus } = props
  const handle = useRef<HTMLDivElement>(null)
  const { pointedS, handlers } = usePointer(props, () => handle.current?.focus())
  const track = useRef<HTMLDivElement>(null)
  useSidewaysWheel(track, (share) => {
    const byS = share * (span.toS - span.fromS)
    const wholeS = Math.sign(byS) * Math.max(1, Math.round(Math.abs(byS)))
    props.onChoose(withinKept(atS + wholeS, props), 'chosen')
  })
  const [isFocusWanted] = useState(takesFocus)
  useEffect(() => {
    if (isFocusWanted) handle.current?.focus()
  }, [isFocusWanted])
  const at = ratioOf(atS, span)
  const labels = timeMarks(span, mostMarks)
  const unkept = keptFromS === undefined ? 0 : ratioOf(keptFromS, span)
  return (
    <div className="time-slider">
      <div ref={track} className="time-track" {...handlers}>
        <Curve data={data} />
        {unkept > 0 && (
          <div
            className="time-unkept"
            style={{ width: `${unkept * 100}%` }}
            title={say('past.notKept')}
          />
        )}
        {pointedS !== undefined && (
          <div className="time-pointed" style={{ left: `${ratioOf(pointedS, span) * 100}%` }}>
            <time>{timeText(pointedS, span)}</time>
          </div>
        )}
        <div
          ref={handle}
          className="time-handle"
          role="slider"
          tabIndex={0}
          aria-label={say('past.slider')}
          aria-valuemin={Math.max(span.fromS, keptFromS ?? 0)}
          aria-valuemax={Math.min(span.toS, latestS)}
          aria-valuenow={atS}
          aria-valuetext={`${dateTimeText(atS * 1000)}, ${about}`}
          style={{ left: `${at * 100}%` }}
          onKeyDown={(event) => {
            const next = secondForKey(event, props)
            if (next === undefined) return
            event.preventDefault()
            props.onChoose(next, 'chosen')
          }}
        />
      </div>
      <div className="time-labels" aria-hidden="true">
        {labels.seconds.map((second) => (
          <time key={second} style={{ left: labelPlace(ratioOf(second, span)) }}>
            {labels.areDays ? dayText(second * 1000) : minuteText(second * 1000)}
          </time>
        ))}
      </div>
    </div>
  )
}

function Curve({ data }: { readonly data: BarData }): ReactElement {
  const { width, height } = curveSize
  return (
    <svg
      className="time-curve"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="time-load" d={data.curve} />
      {data.marks.map(({ kind, ratios }) => (
        <path
          key={kind}
          className="time-mark"
          data-kind={kind}
          d={ratios.map((ratio) => `M${(ratio * width).toFixed(1)} ${height}v-${height}`).join('')}
        />
      ))}
    </svg>
  )
}

/** Drags the handle to wherever on the line the pointer is, and tells which second it points at. */
function usePointer(
  props: Pick<Parameters<typeof TimeSlider>[0], 'span' | 'latestS' | 'onChoose' | 'onDrag'>,
  focus: () => void,
): {
  readonly pointedS: number | undefined
  readonly handlers: Readonly<Record<string, (event: PointerEvent<HTMLElement>) => void>>
} {
  const { span, latestS, onChoose, onDrag } = props
  const [pointedS, setPointed] = useState<number>()
  const isDragging = useRef(false)
  const secondUnder = ({ currentTarget, clientX }: PointerEvent<HTMLElement>): number => {
    const { left, width } = currentTarget.getBoundingClientRect()
    return secondAt((clientX - left) / width, span, latestS)
  }
  const end = (event: PointerEvent<HTMLElement>): void => {
    if (!isDragging.current) return
    isDragging.current = false
    onChoose(secondUnder(event), 'chosen')
  }
  return {
    pointedS,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0) return
        // The handle is focused, and not what the browser would choose under the pointer.
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        isDragging.current = true
        focus()
        onDrag()
        onChoose(secondUnder(event), 'dragging')
      },
      onPointerMove(event) {
        const second = secondUnder(event)
        setPointed(event.pointerType === 'mouse' ? second : undefined)
        if (isDragging.current) onChoose(second, 'dragging')
      },
      onPointerUp: end,
      onPointerCancel: end,
      onPointerLeave: () => setPointed(undefined),
    },
  }
}

/** Arrows go a second, with Shift a minute; a page is a tenth of the line. */
function secondForKey(
  { key, shiftKey }: KeyboardEvent,
  props: Parameters<typeof TimeSlider>[0],
): number | undefined {
  const { span, atS, latestS } = props
  const stepS = shiftKey ? 60 : 1
  const pageS = Math.round((span.toS - span.fromS) / 10)
  const places: Readonly<Record<string, number>> = {
    ArrowLeft: atS - stepS,
    ArrowDown: atS - stepS,
    ArrowRight: atS + stepS,
    ArrowUp: atS + stepS,
    PageDown: atS - pageS,
    PageUp: atS + pageS,
    Home: span.fromS,
    End: Math.min(span.toS, latestS),
  }
  const second = places[key]
  return second === undefined ? undefined : withinKept(second, props)
}

function withinKept(
  second: number,
  { latestS, keptFromS }: Pick<Parameters<typeof TimeSlider>[0], 'latestS' | 'keptFromS'>,
): number {
  return Math.min(latestS, Math.max(keptFromS ?? 0, second))
}

/** Not cut off at the ends. */
function labelPlace(ratio: number): string {
  return `clamp(1.125rem, ${ratio * 100}%, 100% - 1.125rem)`
}

function timeText(second: number, { fromS, toS }: Span): string {
  return toS - fromS > dayS ? dateTimeText(second * 1000) : clockText(second * 1000)
}
