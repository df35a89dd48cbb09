import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, type MouseEvent, type ReactElement } from 'react'

import { isForBrowser } from '../../elements/inner-link.tsx'
import { say } from '../../messages/message.ts'
import { useOpenContainer } from '../../past/use-moment.ts'
import type { Line } from './arrange-rows.ts'
import { columnTracks, shownColumns, type Column } from './columns.ts'
import { toggleFolded } from './folding.ts'
import { GroupRow } from './group-row.tsx'
import { Row } from './row.tsx'
import { TableHead } from './table-head.tsx'
import { useOffsetInMain } from './use-offset-in-main.ts'
import { useRowKeys } from './use-row-keys.ts'
import type { View } from './view.ts'

/** What a phone has room for. */
const compactColumns: readonly Column[] = shownColumns(['state', 'name', 'cpu', 'memory'], false)
const heights = { row: 34, compactRow: 68, group: 34, compactGroup: 48, head: 34 }

/** The table: only the rows in sight exist. It scrolls with the page, its head stays. */
export function Table(props: {
  readonly lines: readonly Line[]
  readonly view: View
  readonly isCompact: boolean
  /** Whether rows are of several hosts, so that each says of which it is. */
  readonly hasHosts: boolean
  readonly onView: (change: Partial<View>) => void
  /** The reader points at a row: now is no time to move it. */
  readonly onTouch: () => void
}): ReactElement {
  const { lines, view, isCompact, hasHosts, onView, onTouch } = props
  const columns = useMemo(() => shownColumns(view.columns, hasHosts), [view.columns, hasHosts])
  const tracksStyle = useMemo(() => columnTracks(columns), [columns])
  const body = useRef<HTMLDivElement>(null)
  const scrollMargin = useOffsetInMain(body)
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => document.getElementById('main'),
    estimateSize: (index) => heightOf(lines[index], isCompact),
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: 6,
    scrollMargin,
    scrollPaddingStart: isCompact ? 0 : heights.head,
  })
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, isCompact])
  useRowKeys({
    lines,
    chosen: view.chosen,
    onChoose: (chosen, index) => {
      onTouch()
      onView({ chosen })
      virtualizer.scrollToIndex(index)
    },
  })
  const openRow = useRowOpener()
  return (
    <div
      role="table"
      aria-label={say('table.label')}
      aria-rowcount={lines.length + 1}
      className="fleet"
      style={isCompact ? undefined : tracksStyle}
    >
      <TableHead
        sort={view.sort}
        columns={isCompact ? compactColumns : columns}
        onSort={(sort) => onView({ sort })}
      />
      <div
        ref={body}
        role="rowgroup"
        className="fleet-body"
        style={{ height: virtualizer.getTotalSize() }}
        onClick={openRow}
        onPointerMove={onTouch}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index]
          if (line === undefined) return null
          const place = { top: start - scrollMargin, index: index + 2 }
          if (line.kind === 'group') {
            return (
              <GroupRow
                key={key}
                line={line}
                columns={isCompact ? compactColumns : columns}
                isCompact={isCompact}
                onToggle={(group) => onView({ folding: toggleFolded(view.folding, group) })}
                {...place}
              />
            )
          }
          const isChosen = view.chosen !== '' && line.row.container.id.startsWith(view.chosen)
          return (
            <Row
              key={key}
              row={line.row}
              isChosen={isChosen}
              columns={columns}
              isCompact={isCompact}
              hasHosts={hasHosts}
              {...place}
            />
          )
        })}
      </div>
    </div>
  )
}

function heightOf(line: Line | undefined, isCompact: boolean): number {
  if (line?.kind === 'group') return isCompact ? heights.compactGroup : heights.group
  return isCompact ? heights.compactRow : heights.row
}

function keyOf(line: Line | undefined, index: number): string | number {
  if (line === undefined) return index
  return line.kind === 'group' ? `group ${line.key}` : line.row.container.id
}

/** A click anywhere in a row opens its container, unless text was being selected. */
function useRowOpener(): (event: MouseEvent<HTMLElement>) => void {
  const open = useOpenContainer()
  return (event) => {
    if (isForBrowser(event) || getSelection()?.type === 'Range') return
    const row = event.target instanceof Element ? event.target.closest('[data-id]') : null
    const id = row?.getAttribute('data-id')
    if (!id) return
    event.preventDefault()
    open(id)
  }
}
