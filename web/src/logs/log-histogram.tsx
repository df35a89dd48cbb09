import { useMemo, type ReactElement } from 'react'

import type { LogHistogram } from '../../../src/api/contract/logs.ts'
import { Histogram } from '../histogram/histogram.tsx'
import type { HistogramBand } from '../histogram/histogram-bars.ts'
import { say, sayCount } from '../messages/logs.ts'
import { levelBands } from './level-band.ts'
import { readHistogram } from './read-histogram.ts'

const bands: readonly HistogramBand[] = levelBands.map((name) => {
  return { name, text: say(`logs.band.${name}`), colour: `--level-${name}` }
})

/** How many lines there are over time, stacked by level. Dragging over it zooms into a span. */
export function LogHistogramView(props: {
  readonly histogram: LogHistogram
  readonly onZoom: (fromS: number, toS: number) => void
}): ReactElement {
  const { histogram, onZoom } = props
  const bars = useMemo(() => readHistogram(histogram), [histogram])
  return <Histogram bars={bars} bands={bands} countText={countText} onZoom={onZoom} />
}

function countText(count: number): string {
  return sayCount('logs.lines', count)
}
