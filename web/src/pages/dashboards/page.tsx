import { useState, type ReactElement } from 'react'

import type { DashboardsAnswer } from '../../../../src/api/contract/dashboards.ts'
import { useRequest, type RequestError } from '../../data/request.ts'
import { useSearch, useSetSearch } from '../../data/search.ts'
import { Command } from '../../elements/command.tsx'
import { Notice } from '../../elements/notice.tsx'
import { SearchBox } from '../../elements/search-box.tsx'
import { say, sayCount } from '../../messages/dashboards.ts'
import { countQuantity } from '../../units/quantity.ts'
import { DashboardList } from './dashboard-list.tsx'
import { findDashboards } from './find-dashboards.ts'

/** `vigie.dashboards_path` is another folder where that is set. */
const addCommand = 'mkdir -p dashboards.d && cp dashboard.json dashboards.d/'
const changeCommand = `curl -o dashboards.d/mine.json ${location.origin}/api/dashboards/docker/source`

const words = {
  label: say('dashboards.search'),
  hint: say('dashboards.search'),
  shortHint: say('dashboards.search'),
  clear: say('dashboards.searchClear'),
}

/** All dashboards: the one that is shipped, those of files, and what is wrong with files that are none. */
export function DashboardsPage(): ReactElement {
  const { q = '' } = useSearch() as Partial<Record<string, string>>
  const setSearch = useSetSearch()
  const [text, setText] = useState(q)
  const { data, error, refetch } = useRequest<DashboardsAnswer>('/api/dashboards')
  const shown = findDashboards(data?.dashboards ?? [], text)
  function search(next: string): void {
    setText(next)
    setSearch({ q: next || undefined })
  }
  return (
    <div className="pb-8">
      <div className="flex flex-wrap items-center gap-3 border-b border-line bg-panel px-3.5 py-2.5 sm:px-5">
        <h1 className="text-base font-semibold">{say('page.dashboards')}</h1>
        <SearchBox words={words} text={text} onText={search} />
        {data && (
          <span className="text-faint" role="status">
            {countText(shown.length, data.dashboards.length)}
          </span>
        )}
      </div>
      {data && <Faults faults={data.faults} />}
      <div className="grid max-w-4xl grid-cols-1 gap-6 p-3.5 sm:p-5">
        <Problem error={error} onRetry={() => void refetch()} />
        {data === undefined && !error && <p className="text-soft">{say('app.loading')}</p>}
        <DashboardList dashboards={shown} />
        {data && shown.length === 0 && <p>{say('dashboards.noMatch')}</p>}
        {data && <AddOne />}
      </div>
    </div>
  )
}

function Problem(props: {
  readonly error: RequestError | null
  readonly onRetry: () => void
}): ReactElement | null {
  const { error, onRetry } = props
  if (error === null) return null
  return (
    <p role="alert" className="flex flex-wrap gap-3">
      {say('dashboards.failed', { message: error.message })}
      <button type="button" className="underline" onClick={onRetry}>
        {say('chart.retry')}
      </button>
    </p>
  )
}

/** Where a file has to lie to be a dashboard. */
function AddOne(): ReactElement {
  return (
    <section aria-labelledby="add-dashboard" className="grid max-w-2xl grid-cols-1 gap-2">
      <h2 id="add-dashboard" className="font-semibold">
        {say('dashboards.addTitle')}
      </h2>
      <p className="text-soft">{say('dashboards.addText')}</p>
      <Command text={addCommand} />
      <p className="text-soft">{say('dashboards.changeText')}</p>
      <Command text={changeCommand} />
    </section>
  )
}

function Faults({ faults }: Pick<DashboardsAnswer, 'faults'>): ReactElement | null {
  if (faults.length === 0) return null
  return (
    <Notice tone="warning">
      <div className="grid gap-1">
        <p className="font-semibold">{sayCount('dashboards.faults', faults.length)}</p>
        <ul>
          {faults.map(({ file, reason }) => (
            <li key={file}>
              <span className="font-mono text-xs">{file}</span> {reason}
            </li>
          ))}
        </ul>
      </div>
    </Notice>
  )
}

function countText(shown: number, all: number): string {
  if (shown === all) return sayCount('dashboards.shown', all)
  return sayCount('dashboards.shownOf', all, { shown: countQuantity(shown).number })
}
