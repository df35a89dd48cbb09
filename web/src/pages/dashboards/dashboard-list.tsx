import { useRef, type ReactElement } from 'react'

import type { DashboardSummary } from '../../../../src/api/contract/dashboards.ts'
import { addressOf } from '../../data/search.ts'
import { InnerLink } from '../../elements/inner-link.tsx'
import { say, sayCount } from '../../messages/dashboards.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'

/** Dashboards to open; `j` and `k` move from one to the next. */
export function DashboardList(props: {
  readonly dashboards: readonly DashboardSummary[]
}): ReactElement | null {
  const { dashboards } = props
  const list = useRef<HTMLUListElement>(null)
  function step(by: 1 | -1): void {
    const links = [...(list.current?.querySelectorAll('a') ?? [])]
    const now = links.findIndex((link) => link === document.activeElement)
    const isNone = now < 0
    links
      .at(isNone ? (by > 0 ? 0 : -1) : Math.min(Math.max(now + by, 0), links.length - 1))
      ?.focus()
  }
  useShortcuts({ j: () => step(1), k: () => step(-1) })
  if (dashboards.length === 0) return null
  return (
    <ul ref={list} className="overflow-hidden rounded-lg border border-line bg-panel">
      {dashboards.map((dashboard) => (
        <li key={dashboard.id} className="border-line not-first:border-t">
          <InnerLink
            href={addressOf(`/dashboards/${encodeURIComponent(dashboard.id)}`)}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 py-2.5 -outline-offset-2 hover:bg-raised"
          >
            <span className="min-w-0 font-semibold">
              {dashboard.title}{' '}
              {dashboard.isShipped && (
                <span className="font-normal text-faint">{say('dashboards.shipped')}</span>
              )}
            </span>
            <span className="text-right text-faint">
              {sayCount('dashboards.widgets', dashboard.widgetCount)}
            </span>
            {dashboard.description !== '' && (
              <span className="col-span-full line-clamp-2 text-soft">{dashboard.description}</span>
            )}
          </InnerLink>
        </li>
      ))}
    </ul>
  )
}
