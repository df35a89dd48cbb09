import { useEffect, useMemo, useRef, useState, type PointerEvent, type ReactElement } from 'react'

import type { LogHistogram } from '../../../src/api/contract/logs.ts'
import { onSchemeChange } from '../charts/palette.ts'
import { say, sayCount } from '../messages/logs.ts'
import { clockText, dateTimeText } from '../units/clock.ts'
import { countQuantity } from '../units/quantity.ts'
import { drawHistogram } from './draw-histogram.ts'
import { barAt, readHistogram, sumBands, type HistogramBars } from './histogram-bars.ts'

/** A drag that is shorter is a click. */
const smallestDragPx = 6
const dayMs = 86_400_000

/** How many lines there are over time, stacked by level. Dragging over it zooms into a span. */
export function Histogram(props: {
  readonly histogram: LogHistogram
  readonly onZoom: (fromS: number, toS: number) => void
}): ReactElement {
  const { histogram, onZoom } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const bars = useMemo(() => readHistogram(histogram), [histogram])
  const pointer = usePointer(bars, onZoom)
  useEffect(() => {
    const { current } = canvas
    if (current === null) return undefined
    const draw = (): void => drawHistogram(current, bars)
    draw()
    const observer = new ResizeObserver(draw)
    observer.observe(current)
    const unsubscribe = onSchemeChange(draw)
    return () => {
      observer.disconnect()
      unsubscribe()
    }
  }, [bars])
  return (
    <figure className="log-histogram" data-lines={bars.total}>
      <figcaption className="log-histogram-caption">
        <Caption bars={bars} pointedRatio={pointer.ratio} />
      </figcaption>
      <div className="log-histogram-box" {...pointer.handlers}>
        <canvas ref={canvas} role="img" aria-label={textOf(bars)} />
        <span className="log-histogram-most" aria-hidden="true">
          {bars.highest > 0 && countQuantity(bars.highest).number}
        </span>
        {pointer.ratio !== undefined && (
          <span
            className="log-histogram-mark"
            style={{
              left: `${Math.min(pointer.startRatio ?? pointer.ratio, pointer.ratio) * 100}%`,
              width: `${Math.abs((pointer.startRatio ?? pointer.ratio) - pointer.ratio) * 100}%`,
            }}
          />
        )}
      </div>
      <div className="log-histogram-times" aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((ratio) => (
          <time key={ratio}>{timeText(bars, bars.fromMs + ratio * (bars.toMs - bars.fromMs))}</time>
        ))}
      </div>
    </figure>
  )
}

/** What the bar under the pointer holds, else the whole range. */
function Caption(props: {
  readonly bars: HistogramBars
  readonly pointedRatio: number | undefined
}): ReactElement {
  const { bars, pointedRatio } = props
  const bar = pointedRatio === undefined ? undefined : barAt(bars, pointedRatio)
  const shown = bar === undefined ? bars : { ...bars, bars: [bar], total: bar.total }
  return (
    <>
      <span className="text-ink">{sayCount('logs.lines', shown.total)}</span>
      {sumBands(shown).map(({ band, count }) => (
        <span key={band} className="log-key" data-band={band}>
          {say(`logs.band.${band}`)} <span className="text-ink">{countQuantity(count).number}</span>
        </span>
      ))}
      {bar && (
        <time className="ml-auto text-faint">
          {say('range.zoomed', {
            from: timeText(bars, bar.fromMs),
            to: timeText(bars, bar.toMs),
          })}
        </time>
      )}
    </>
  )
}

/** Where the pointer is over the box, and what is done with it. */
function usePointer(
  bars: HistogramBars,
  onZoom: (fromS: number, toS: number) => void,
): {
  readonly ratio: number | undefined
  /** Where a drag began. */
  readonly startRatio: number | undefined
  readonly handlers: Readonly<Record<string, (event: PointerEvent<HTMLElement>) => void>>
} {
  const [ratio, setRatio] = useState<number>()
  const [startRatio, setStart] = useState<number>()
  const secondsAt = (place: number): number =>
    (bars.fromMs + place * (bars.toMs - bars.fromMs)) / 1000
  return {
    ratio,
    startRatio,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setStart(ratioOf(event))
      },
      onPointerMove: (event) => setRatio(ratioOf(event)),
      onPointerUp(event) {
        const [start, end] = [startRatio, ratioOf(event)]
        setStart(undefined)
        if (start === undefined) return
        const draggedPx = Math.abs(end - start) * event.currentTarget.clientWidth
        if (draggedPx < smallestDragPx) return
        onZoom(secondsAt(Math.min(start, end)), secondsAt(Math.max(start, end)))
      },
      onPointerCancel: () => setStart(undefined),
      onPointerLeave() {
        setRatio(undefined)
        setStart(undefined)
      },
    },
  }
}

function ratioOf(event: PointerEvent<HTMLElement>): number {
  const { left, width } = event.currentTarget.getBoundingClientRect()
  return Math.min(1, Math.max(0, (event.clientX - left) / width))
}

/** Times of day are enough within a day. */
function timeText({ fromMs, toMs }: HistogramBars, timeMs: number): string {
  return toMs - fromMs < dayMs ? clockText(timeMs) : dateTimeText(timeMs)
}

function textOf(bars: HistogramBars): string {
  const parts = sumBands(bars).map(({ band, count }) => `${say(`logs.band.${band}`)} ${count}`)
  return [sayCount('logs.lines', bars.total), ...parts].join(', ')
}
