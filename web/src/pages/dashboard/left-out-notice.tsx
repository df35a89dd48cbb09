import type { ReactElement } from 'react'

import type { LeftOut } from '../../../../src/api/contract/dashboards.ts'
import { sayCount } from '../../messages/dashboards.ts'

/** How many widgets are not shown, and of which kinds; unfolded, which ones and why. */
export function LeftOutNotice(props: {
  readonly leftOut: readonly LeftOut[]
}): ReactElement | null {
  const { leftOut } = props
  if (leftOut.length === 0) return null
  const types = [...new Set(leftOut.map(({ type }) => type))].join(', ')
  return (
    <details className="board-left-out" data-tone="unknown">
      <summary>{sayCount('dashboard.leftOut', leftOut.length, { types })}</summary>
      <ul>
        {leftOut.map(({ type, title, reason }, index) => (
          <li key={index}>
            <span className="font-mono text-xs">{type}</span> {title && <b>{title}</b>} {reason}
          </li>
        ))}
      </ul>
    </details>
  )
}
