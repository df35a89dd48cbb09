import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'

import { sharedCursor } from '../charts/shared-cursor.ts'
import type { HistogramBars } from './histogram-bars.ts'

/** A drag that is shorter is a click. */
const smallestDragPx = 6
/** Bars that the cursor moves on with Shift. */
const bigStep = 10

/** Where a reader points at a histogram, and what is done with it; places are between 0, its start, and 1, its end. */
export interface BarCursor {
  readonly ratio: number | undefined
  /** Where a drag, or a span that keys choose, began. */
  readonly startRatio: number | undefined
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerCancel: () => void
    readonly onPointerLeave: () => void
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
    readonly onBlur: () => void
  }
}

/** The cursor of a histogram by mouse, touch and keys; it moves with those of the charts of the page. */
export function useBarCursor(
  bars: HistogramBars,
  onZoom: (fromS: number, toS: number) => void,
): BarCursor {
  const [ratio, setRatio] = useState<number>()
  const [startRatio, setStart] = useState<number>()
  const [self] = useState(() => ({}))
  const { fromMs, toMs } = bars
  const secondsAt = (place: number): number => (fromMs + place * (toMs - fromMs)) / 1000
  useFollowing(self, bars, setRatio)
  const point = (place: number | undefined): void => {
    setRatio(place)
    sharedCursor.point(self, place === undefined ? undefined : secondsAt(place))
  }
  const leave = (): void => {
    setStart(undefined)
    point(undefined)
  }
  const zoom = (start: number, end: number): void => {
    setStart(undefined)
    onZoom(secondsAt(Math.min(start, end)), secondsAt(Math.max(start, end)))
  }
  const pressSpace = (): void => {
    if (ratio === undefined) return
    if (startRatio === undefined) setStart(ratio)
    else zoom(startRatio, ratio)
  }
  return {
    ratio,
    startRatio,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setStart(ratioOf(event))
      },
      onPointerMove: (event) => point(ratioOf(event)),
      onPointerUp(event) {
        const end = ratioOf(event)
        const draggedPx =
          startRatio === undefined
            ? 0
            : Math.abs(end - startRatio) * event.currentTarget.clientWidth
        if (startRatio !== undefined && draggedPx >= smallestDragPx) zoom(startRatio, end)
        setStart(undefined)
      },
      onPointerCancel: () => setStart(undefined),
      onPointerLeave: leave,
      onBlur: leave,
      onKeyDown(event) {
        if (event.ctrlKey || event.altKey || event.metaKey) return
        const next = nextPlace(event, bars, ratio)
        if (next !== undefined) point(next)
        else if (event.key === ' ') pressSpace()
        else if (event.key === 'Escape' && startRatio !== undefined) setStart(undefined)
        else return
        event.preventDefault()
      },
    },
  }
}

/** Shows what others on the page are pointed at. */
function useFollowing(
  self: object,
  { fromMs, toMs }: HistogramBars,
  setRatio: (ratio: number | undefined) => void,
): void {
  const span = useRef({ fromMs, toMs })
  useEffect(() => {
    span.current = { fromMs, toMs }
  })
  useEffect(
    () =>
      sharedCursor.follow(self, (timeS) => {
        const place =
          ((timeS ?? Number.NaN) * 1000 - span.current.fromMs) /
          (span.current.toMs - span.current.fromMs)
        setRatio(place >= 0 && place <= 1 ? place : undefined)
      }),
    [self, setRatio],
  )
}

/** The middle of the bar that a key leads to; `undefined` for keys that lead nowhere. */
function nextPlace(
  { key, shiftKey }: KeyboardEvent,
  { fromMs, toMs, bars }: HistogramBars,
  ratio: number | undefined,
): number | undefined {
  const directions: Readonly<Partial<Record<string, number>>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  }
  const direction = directions[key]
  if (direction === undefined || bars.length === 0) return undefined
  const last = bars.length - 1
  const timeMs = fromMs + (ratio ?? 1) * (toMs - fromMs)
  const at = bars.findLastIndex((bar) => bar.fromMs <= timeMs)
  const step = direction * (shiftKey ? bigStep : 1)
  const to = ratio === undefined ? last : Math.min(last, Math.max(0, at + step))
  const bar = bars[to]
  if (bar === undefined) return undefined
  const middle = ((bar.fromMs + bar.toMs) / 2 - fromMs) / (toMs - fromMs)
  return Math.min(1, Math.max(0, middle))
}

function ratioOf(event: PointerEvent<HTMLElement>): number {
  const { left, width } = event.currentTarget.getBoundingClientRect()
  return Math.min(1, Math.max(0, (event.clientX - left) / width))
}
