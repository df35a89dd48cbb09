import { useCallback, useMemo, type ReactElement } from 'react'

import { useHasHosts, useHost } from '../../data/hosts.ts'
import { isRunning } from '../../data/live-row.ts'
import { useRows } from '../../data/live.ts'
import { useSearch, useSetSearch } from '../../data/search.ts'
import { useMedia } from '../../elements/use-media.ts'
import { say } from '../../messages/message.ts'
import { Empty } from './empty.tsx'
import { Ended } from './ended.tsx'
import { HostNotices } from './host-notices.tsx'
import { Strip } from './strip.tsx'
import { Table } from './table.tsx'
import { Toolbar } from './toolbar.tsx'
import { useLines } from './use-lines.ts'
import { readView, writeView, type View } from './view.ts'

/** Every container of every host, live. */
export function ContainersPage(): ReactElement {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readView(search), [search])
  const onView = useCallback((change: Partial<View>) => setSearch(writeView(change)), [setSearch])
  const rows = useRows()
  const host = useHost()
  const hasHosts = useHasHosts()
  const isCompact = useMedia('(max-width: 47.99rem)')
  const { lines, filter, hold } = useLines(view, host)
  const all = [...rows.values()].filter((row) => host === '' || row.container.host === host)
  const inScope = view.scope === 'all' ? all : all.filter((row) => isRunning(row.container))
  const shownCount = lines.filter((line) => line.kind === 'row').length
  return (
    <>
      <h1 className="sr-only">{say('page.containers')}</h1>
      <HostNotices hasRows={lines.length > 0} />
      <Strip rows={all} />
      {all.length > 0 && (
        <Toolbar
          view={view}
          problems={filter.problems}
          shownCount={shownCount}
          allCount={inScope.length}
          isCompact={isCompact}
          hasHosts={hasHosts}
          onView={onView}
        />
      )}
      {lines.length > 0 ? (
        <Table
          lines={lines}
          view={view}
          isCompact={isCompact}
          hasHosts={hasHosts}
          onView={onView}
          onTouch={hold}
        />
      ) : (
        <Empty view={view} allCount={all.length} inScopeCount={inScope.length} onView={onView} />
      )}
      <Ended isShown={view.isEndedShown} onShow={(isEndedShown) => onView({ isEndedShown })} />
    </>
  )
}
