import type { ReactElement } from 'react'

import { FacetsIcon } from '../elements/icon.tsx'
import { QueryBox, QueryProblem, type QueryFault } from '../elements/query-box.tsx'
import { say } from '../messages/search.ts'
import { RangeControl } from '../ranges/range-control.tsx'
import type { RangeInAddress } from '../ranges/use-time-range.ts'
import { Toggle } from './toggle.tsx'

/** What steers a list that is searched: facets, query, time; beside the query, what a list has of its own. */
export function SearchToolbar(props: {
  /** The name of the query and an example of one. */
  readonly words: { readonly label: string; readonly hint: string }
  readonly query: string
  readonly hasFacets: boolean
  readonly fault: QueryFault | undefined
  readonly times: RangeInAddress
  /** How many are in the list. */
  readonly countText: string
  readonly onChange: (change: { readonly query: string } | { readonly hasFacets: boolean }) => void
  readonly children?: ReactElement
}): ReactElement {
  const { words, query, hasFacets, fault, times, countText, onChange, children } = props
  return (
    <div className="flex flex-wrap items-center gap-2 bg-panel px-3.5 py-2.5 sm:px-5">
      <Toggle
        text={say('search.fields')}
        isOn={hasFacets}
        icon={<FacetsIcon />}
        onToggle={() => onChange({ hasFacets: !hasFacets })}
      />
      <QueryBox
        words={{ ...words, shortHint: say('search.short'), clear: say('search.clear') }}
        query={query}
        fault={fault}
        onQuery={(changed) => onChange({ query: changed })}
      />
      {children}
      <RangeControl
        range={times.range}
        liveText={say('live.live')}
        hint=""
        onChoose={times.choose}
        onZoomOut={times.zoomOut}
      />
      <span className="text-right text-faint max-xl:sr-only xl:min-w-28">{countText}</span>
      <QueryProblem query={query} fault={fault} />
    </div>
  )
}
