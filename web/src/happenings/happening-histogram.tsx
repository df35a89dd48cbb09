import { useMemo, type ReactElement } from 'react'

import type { HappeningCounts, HappeningKind } from '../../../src/api/contract/happenings.ts'
import type { Span } from '../data/history.ts'
import { Histogram } from '../histogram/histogram.tsx'
import { makeBars, type HistogramBand, type HistogramBars } from '../histogram/histogram-bars.ts'
import { say, sayCount } from '../messages/events.ts'

/** The gravest at the ground, the everyday above. */
const order = [
  'oom',
  'exit',
  'health',
  'check',
  'event',
  'engine',
] as const satisfies readonly HappeningKind[]
const bands: readonly HistogramBand[] = order.map((name) => {
  return { name, text: say(`events.kind.${name}`), colour: `--kind-${name}` }
})

/** How much happened over time, stacked by kind. Dragging over it zooms into a span. */
export function HappeningHistogram(props: {
  readonly counts: HappeningCounts
  readonly span: Span
  readonly onZoom: (fromS: number, toS: number) => void
}): ReactElement {
  const { counts, span, onZoom } = props
  const { fromS, toS } = span
  const bars = useMemo(() => toBars(counts, { fromS, toS }), [counts, fromS, toS])
  return <Histogram bars={bars} bands={bands} countText={countText} onZoom={onZoom} />
}

function toBars(counts: HappeningCounts, { fromS, toS }: Span): HistogramBars {
  const { stepS, total } = counts
  const ofKinds = order.map((kind) => counts.bars.find((bar) => bar.kind === kind)?.counts ?? [])
  const length = Math.max(0, ...ofKinds.map((ofKind) => ofKind.length))
  const times = Array.from({ length }, (_, step) => (counts.fromS + step * stepS) * 1000)
  const countOf = (band: number, step: number): number => ofKinds[band]?.[step] ?? 0
  const bars = makeBars(times, stepS * 1000, { bands: order.length, of: countOf })
  return { fromMs: fromS * 1000, toMs: toS * 1000, total, ...bars }
}

function countText(count: number): string {
  return sayCount('events.count', count)
}
