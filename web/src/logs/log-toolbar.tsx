import type { ReactElement } from 'react'

import type { LogItem } from '../data/log-item.ts'
import { FacetsIcon, WrapIcon } from '../elements/icon.tsx'
import { QueryBox, QueryProblem, type QueryFault } from '../elements/query-box.tsx'
import { say, sayCount } from '../messages/logs.ts'
import { RangeControl } from '../ranges/range-control.tsx'
import type { RangeName, TimeRange } from '../ranges/time-range.ts'
import { countQuantity } from '../units/quantity.ts'
import type { LogsView } from './view.ts'

const words = {
  label: say('logs.query'),
  hint: say('logs.queryHint'),
  shortHint: say('logs.queryShort'),
  clear: say('logs.queryClear'),
}

/** What steers a list of logs: query, time, facets, line breaks. */
export function LogToolbar(props: {
  readonly view: LogsView
  readonly hasFacets: boolean
  readonly fault: QueryFault | undefined
  readonly range: TimeRange
  readonly items: readonly LogItem[]
  readonly onView: (change: Partial<LogsView>) => void
  readonly onChoose: (name: RangeName) => void
  readonly onZoomOut: () => void
}): ReactElement {
  const { view, hasFacets, fault, range, items, onView, onChoose, onZoomOut } = props
  return (
    <div className="flex flex-wrap items-center gap-2 bg-panel px-3.5 py-2.5 sm:px-5">
      <Toggle
        text={say('logs.facets')}
        isOn={hasFacets}
        icon={<FacetsIcon />}
        onToggle={() => onView({ hasFacets: !hasFacets })}
      />
      <QueryBox
        words={words}
        query={view.query}
        fault={fault}
        onQuery={(query) => onView({ query })}
      />
      <Toggle
        text={say('logs.wrap')}
        isOn={view.isWrapped}
        icon={<WrapIcon />}
        onToggle={() => onView({ isWrapped: !view.isWrapped })}
      />
      <RangeControl
        range={range}
        liveText={say('live.live')}
        hint=""
        onChoose={onChoose}
        onZoomOut={onZoomOut}
      />
      <span className="min-w-24 text-right text-faint max-xl:sr-only">{countText(items)}</span>
      <QueryProblem query={view.query} fault={fault} />
    </div>
  )
}

function Toggle(props: {
  readonly text: string
  readonly isOn: boolean
  readonly icon: ReactElement
  readonly onToggle: () => void
}): ReactElement {
  const { text, isOn, icon, onToggle } = props
  return (
    <button
      type="button"
      className="control px-2 aria-pressed:bg-raised aria-pressed:text-ink"
      aria-pressed={isOn}
      aria-label={text}
      title={text}
      onClick={onToggle}
    >
      {icon}
    </button>
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
  return `${shown}, ${say('logs.leftOut', { count: countQuantity(skipped).number })}`
}
