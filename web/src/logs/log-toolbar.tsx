import type { ReactElement } from 'react'

import type { LogItem } from '../data/log-item.ts'
import { WrapIcon } from '../elements/icon.tsx'
import type { QueryFault } from '../elements/query-box.tsx'
import { say, sayCount } from '../messages/logs.ts'
import type { RangeInAddress } from '../ranges/use-time-range.ts'
import { SearchToolbar } from '../searches/search-toolbar.tsx'
import { Toggle } from '../searches/toggle.tsx'
import type { LogsView } from './view.ts'

const words = { label: say('logs.query'), hint: say('logs.queryHint') }

/** What steers a list of logs: that of every search, and line breaks. */
export function LogToolbar(props: {
  readonly view: LogsView
  readonly hasFacets: boolean
  readonly fault: QueryFault | undefined
  readonly times: RangeInAddress
  readonly items: readonly LogItem[]
  readonly onView: (change: Partial<LogsView>) => void
}): ReactElement {
  const { view, hasFacets, fault, times, items, onView } = props
  return (
    <SearchToolbar
      words={words}
      query={view.query}
      hasFacets={hasFacets}
      fault={fault}
      times={times}
      countText={countText(items)}
      onChange={onView}
    >
      <Toggle
        text={say('logs.wrap')}
        isOn={view.isWrapped}
        icon={<WrapIcon />}
        onToggle={() => onView({ isWrapped: !view.isWrapped })}
      />
    </SearchToolbar>
  )
}

/** How many lines are in the list, and how many are left out of it. */
function countText(items: readonly LogItem[]): string {
  let skipped = 0
  let gaps = 0
  for (const item of items) {
    if (item.kind === 'line') continue
    skipped += item.skipped
    gaps += 1
  }
  const shown = sayCount('logs.shown', items.length - gaps)
  if (skipped === 0) return shown
  return `${shown}, ${sayCount('logs.leftOut', skipped)}`
}
