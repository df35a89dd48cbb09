import { Suspense, useCallback, useMemo, type ReactElement } from 'react'

import { useHasHosts, useHost } from '../../data/hosts.ts'
import { isRunning } from '../../data/live-row.ts'
import { useRows } from '../../data/live.ts'
import { useSearch, useSetSearch } from '../../data/search.ts'
import { lazyPart } from '../../elements/lazy-part.ts'
import { useMedia } from '../../elements/use-media.ts'
import { say } from '../../messages/message.ts'
import { TimeTravel } from '../../past/time-travel.tsx'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { countContainers } from './arrange-rows.ts'
import { Empty } from './empty.tsx'
import { Ended } from './ended.tsx'
import { nothingFolded } from './folding.ts'
import { HostNotices } from './host-notices.tsx'
import { useKeptColumns } from './kept-columns.ts'
import { Strip } from './strip.tsx'
import { Table } from './table.tsx'
import { Toolbar } from './toolbar.tsx'
import { useLines } from './use-lines.ts'
import { readView, writeView, type View } from './view.ts'

const ContainerMap = lazyPart(async () => (await import('./map/map.tsx')).ContainerMap)

/** Every container of every host, live or at a moment of the past. */
export function ContainersPage(): ReactElement {
  return (
    <TimeTravel>
      <Containers />
    </TimeTravel>
  )
}

function Containers(): ReactElement {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readView(search), [search])
  const onView = useCallback((change: Partial<View>) => setSearch(writeView(change)), [setSearch])
  const rows = useRows()
  const host = useHost()
  const hasHosts = useHasHosts()
  const isCompact = useMedia('(max-width: 47.99rem)')
  const { lines, filter, labels, hold } = useLines(linesOf(view), host)
  const isUnread = lines.length === 0 && labels.isUnread
  const isMap = view.shape === 'map'
  useKeptColumns(view, onView)
  useShortcuts({ v: () => onView({ shape: isMap ? 'table' : 'map' }) })
  const all = [...rows.values()].filter((row) => host === '' || row.container.host === host)
  const inScope = view.scope === 'all' ? all : all.filter((row) => isRunning(row.container))
  return (
    <>
      <h1 className="sr-only">{say('page.containers')}</h1>
      <HostNotices hasRows={lines.length > 0} />
      <Strip rows={all} />
      {all.length > 0 && (
        <Toolbar
          view={view}
          problems={filter.problems}
          labels={labels}
          shownCount={isUnread ? inScope.length : countContainers(lines)}
          allCount={inScope.length}
          isCompact={isCompact}
          hasHosts={hasHosts}
          onView={onView}
        />
      )}
      {lines.length > 0 && isMap && (
        <Suspense fallback={<p className="p-5 text-soft">{say('app.loading')}</p>}>
          <ContainerMap lines={lines} view={view} onView={onView} />
        </Suspense>
      )}
      {lines.length > 0 && !isMap && (
        <Table
          lines={lines}
          view={view}
          isCompact={isCompact}
          hasHosts={hasHosts}
          onView={onView}
          onTouch={hold}
        />
      )}
      {lines.length === 0 && !isUnread && (
        <Empty view={view} allCount={all.length} inScopeCount={inScope.length} onView={onView} />
      )}
      <Ended isShown={view.isEndedShown} onShow={(isEndedShown) => onView({ isEndedShown })} />
    </>
  )
}

const byName: View['sort'] = { column: 'name', isFalling: false }

/** Which lines are arranged: tiles of a map keep their places while figures move, and none is folded away. */
function linesOf(view: View): View {
  return view.shape === 'map' ? { ...view, sort: byName, folding: nothingFolded } : view
}
