import type { Span } from '../data/history.ts'
import { spanOf, type TimeRange } from '../ranges/time-range.ts'

/** The time that a widget shows. */
export interface WidgetTime {
  /** Names the time apart from others. */
  readonly key: string
  readonly spanAt: (nowMs: number) => Span
  /** How often it is asked for again; absent where it stands still. */
  readonly everyMs?: number
}

const liveMs = 10_000
const slowMs = 60_000

/** The page's range, or the widget's own: so many seconds up to now. */
export function widgetTime(range: TimeRange, spanS: number | undefined): WidgetTime {
  if (spanS !== undefined) {
    const everyMs = spanS <= 900 ? liveMs : slowMs
    return {
      key: `last ${spanS}`,
      everyMs,
      spanAt(nowMs) {
        const toS = Math.floor(nowMs / 1000)
        return { fromS: toS - spanS, toS }
      },
    }
  }
  const spanAt = (nowMs: number): Span => spanOf(range, nowMs)
  if (range.kind === 'zoomed') {
    return { key: `${range.span.fromS} ${range.span.toS}`, spanAt }
  }
  return { key: range.name, everyMs: range.name === 'live' ? liveMs : slowMs, spanAt }
}
