import { useEffect, useRef, type ReactElement } from 'react'

import { onSchemeChange } from '../charts/palette.ts'
import { say as sayChart } from '../messages/charts.ts'
import { say } from '../messages/message.ts'
import { clockText, dateTimeText } from '../units/clock.ts'
import { countQuantity } from '../units/quantity.ts'
import { drawHistogram } from './draw-histogram.ts'
import { barAt, sumBands, type HistogramBand, type HistogramBars } from './histogram-bars.ts'
import { useBarCursor, type BarCursor } from './use-bar-cursor.ts'

const dayMs = 86_400_000

/** What a histogram shows. */
interface HistogramProps {
  readonly bars: HistogramBars
  /** What the counts of a bar are of, from the ground up. */
  readonly bands: readonly HistogramBand[]
  /** So many of what is counted: `12 lines`. */
  readonly countText: (count: number) => string
  readonly onZoom: (fromS: number, toS: number) => void
}

/** How many there are over time, stacked by what they are. Dragging over it zooms into a span. */
export function Histogram(props: HistogramProps): ReactElement {
  const { bars, bands, onZoom } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const pointer = useBarCursor(bars, onZoom)
  useEffect(() => {
    const { current } = canvas
    if (current === null) return undefined
    const draw = (): void => drawHistogram(current, bars, bands)
    draw()
    const observer = new ResizeObserver(draw)
    observer.observe(current)
    const unsubscribe = onSchemeChange(draw)
    return () => {
      observer.disconnect()
      unsubscribe()
    }
  }, [bars, bands])
  return (
    <figure className="histogram" data-total={bars.total}>
      <figcaption className="histogram-caption">
        <Caption {...props} pointedRatio={pointer.ratio} />
      </figcaption>
      <div
        className="histogram-box"
        role="slider"
        tabIndex={0}
        aria-label={textOf(props)}
        aria-keyshortcuts="ArrowLeft ArrowRight Space"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((pointer.ratio ?? 1) * 100)}
        aria-valuetext={valueText(props, pointer)}
        {...pointer.handlers}
      >
        <canvas ref={canvas} />
        <span className="histogram-most" aria-hidden="true">
          {bars.highest > 0 && countQuantity(bars.highest).number}
        </span>
        {pointer.ratio !== undefined && (
          <span
            className="histogram-mark"
            style={{
              left: `${Math.min(pointer.startRatio ?? pointer.ratio, pointer.ratio) * 100}%`,
              width: `${Math.abs((pointer.startRatio ?? pointer.ratio) - pointer.ratio) * 100}%`,
            }}
          />
        )}
      </div>
      <div className="histogram-times" aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((ratio) => (
          <time key={ratio}>{timeText(bars, bars.fromMs + ratio * (bars.toMs - bars.fromMs))}</time>
        ))}
      </div>
    </figure>
  )
}

/** What the bar under the pointer holds, else the whole range. */
function Caption(
  props: HistogramProps & { readonly pointedRatio: number | undefined },
): ReactElement {
  const { bars, bands, countText, pointedRatio } = props
  const bar = pointedRatio === undefined ? undefined : barAt(bars, pointedRatio)
  const shown = bar === undefined ? bars : { ...bars, bars: [bar], total: bar.total }
  return (
    <>
      <span className="text-ink">{countText(shown.total)}</span>
      {sumBands(shown, bands).map(({ band, count }) => (
        <span key={band.name} className="histogram-key" data-band={band.name}>
          {band.text} <span className="text-ink">{countQuantity(count).number}</span>
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

/** Times of day are enough within a day. */
function timeText({ fromMs, toMs }: HistogramBars, timeMs: number): string {
  return toMs - fromMs < dayMs ? clockText(timeMs) : dateTimeText(timeMs)
}

function textOf({ bars, bands, countText }: HistogramProps): string {
  const parts = sumBands(bars, bands).map(({ band, count }) => `${band.text} ${count}`)
  return [countText(bars.total), ...parts].join(', ')
}

/** What the bar at the cursor holds, in words; how to move it while there is none. */
function valueText({ bars, bands, countText }: HistogramProps, cursor: BarCursor): string {
  const { ratio, startRatio } = cursor
  const bar = ratio === undefined ? undefined : barAt(bars, ratio)
  if (bar === undefined) return sayChart('keys.hintBars')
  const parts = sumBands({ bars: [bar] }, bands).map(({ band, count }) => `${band.text} ${count}`)
  const begun = startRatio === undefined ? [] : [sayChart('keys.begun')]
  return [timeText(bars, bar.fromMs), countText(bar.total), ...parts, ...begun].join(', ')
}
