import type { ReactElement } from 'react'

import { ColourKey } from './colour-key.tsx'
import type { HistoryLine } from './history-chart.tsx'

/** The lines of a chart by name; the chart writes the value at the pointer into each `output`. */
export function HistoryLegend(props: {
  readonly lines: readonly HistoryLine[]
  readonly highlighted: string | undefined
  readonly onHighlight: ((key: string | undefined) => void) | undefined
}): ReactElement {
  const { lines, highlighted, onHighlight } = props
  return (
    // It scrolls where there are many lines, by keyboard too.
    <ul className="history-legend" tabIndex={0}>
      {lines.map(({ curve, label, colour }, index) => (
        <li
          key={curve.key}
          data-highlighted={curve.key === highlighted || undefined}
          onPointerEnter={() => onHighlight?.(curve.key)}
          onPointerLeave={() => onHighlight?.(undefined)}
        >
          <ColourKey place={colour ?? index} />
          <span className="truncate" title={label}>
            {label}
          </span>
          <output className="chart-value" data-line={index} />
        </li>
      ))}
    </ul>
  )
}
