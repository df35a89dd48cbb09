import { useEffect, useRef, type ReactElement } from 'react'

import { ColourKey } from '../../charts/colour-key.tsx'
import { addressOf, useGoTo } from '../../data/search.ts'
import { InnerLink } from '../../elements/inner-link.tsx'
import { say } from '../../messages/metrics.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { figureColumns, type LineRow } from './line-rows.ts'
import { figureNames, nextSort, type LineSort } from './view.ts'

/** Each line with the figures that stand for it. Pointing at a row makes its line stand out, and the other way round. */
export function LineTable(props: {
  readonly rows: readonly LineRow[]
  readonly sort: LineSort
  readonly highlighted: string | undefined
  readonly onHighlight: (key: string | undefined) => void
  readonly onSort: (sort: LineSort) => void
}): ReactElement {
  const { rows, sort, highlighted, onHighlight, onSort } = props
  const columns = figureColumns(rows)
  const body = useRef<HTMLTableSectionElement>(null)
  useLineKeys(rows, highlighted, onHighlight)
  return (
    <div className="line-table">
      <table aria-label={say('metrics.table')}>
        <thead>
          <tr>
            <Head column="name" unit="" {...{ sort, onSort }} />
            {figureNames.map((name) => (
              <Head key={name} column={name} unit={columns[name].unit} {...{ sort, onSort }} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} onPointerLeave={() => onHighlight(undefined)}>
          {rows.map((row) => (
            <tr
              key={row.curve.key}
              data-line={row.curve.key}
              data-highlighted={row.curve.key === highlighted || undefined}
              onPointerEnter={() => onHighlight(row.curve.key)}
            >
              <th scope="row" title={row.label}>
                <span className="line-name">
                  <ColourKey place={row.colour} />
                  <LineName row={row} />
                </span>
              </th>
              {figureNames.map((name) => (
                <td key={name}>{columns[name].text(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Head(props: {
  readonly column: LineSort['column']
  readonly unit: string
  readonly sort: LineSort
  readonly onSort: (sort: LineSort) => void
}): ReactElement {
  const { column, unit, sort, onSort } = props
  const isSorted = sort.column === column
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.isFalling ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" onClick={() => onSort(nextSort(sort, column))}>
        {say(`metrics.column.${column}`)}
        {unit !== '' && <span className="text-faint"> {unit}</span>}
        <span aria-hidden="true" className="text-2xs">
          {isSorted ? (sort.isFalling ? ' ↓' : ' ↑') : ''}
        </span>
      </button>
    </th>
  )
}

/** The name of a line; that of a container leads to its page. */
function LineName({ row }: { readonly row: LineRow }): ReactElement {
  const path = containerPath(row)
  if (path === undefined) return <span className="truncate">{row.label}</span>
  return (
    <InnerLink href={addressOf(path)} className="truncate hover:underline">
      {row.label}
    </InnerLink>
  )
}

function containerPath({ curve }: LineRow): string | undefined {
  const id = curve.groups.find(([key]) => key === 'container_id')?.[1]
  return id ? `/containers/${id}` : undefined
}

/** `j` and `k` choose the next and the previous line, Enter opens its container. */
function useLineKeys(
  rows: readonly LineRow[],
  highlighted: string | undefined,
  onHighlight: (key: string | undefined) => void,
): void {
  const goTo = useGoTo()
  const isByKey = useRef(false)
  const place = rows.findIndex(({ curve }) => curve.key === highlighted)
  function step(by: 1 | -1): void {
    const next = rows[place < 0 ? (by > 0 ? 0 : rows.length - 1) : place + by]
    if (next === undefined) return
    isByKey.current = true
    onHighlight(next.curve.key)
  }
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => {
      const row = rows[place]
      const path = row && containerPath(row)
      if (path !== undefined) goTo(path)
    },
  })
  useEffect(() => {
    if (!isByKey.current || highlighted === undefined) return
    isByKey.current = false
    document
      .querySelector(`[data-line="${CSS.escape(highlighted)}"]`)
      ?.scrollIntoView({ block: 'nearest' })
  }, [highlighted])
}
