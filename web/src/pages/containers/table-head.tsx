import type { ReactElement } from 'react'

import { say } from '../../messages/message.ts'
import type { Column } from './columns.ts'
import { nextSort, type Sort } from './view.ts'

/** The heads of the columns; a click sorts by one, a second one turns the order round. */
export function TableHead(props: {
  readonly sort: Sort
  readonly columns: readonly Column[]
  readonly onSort: (sort: Sort) => void
}): ReactElement {
  const { sort, columns, onSort } = props
  return (
    <div role="rowgroup">
      <div role="row" className="fleet-head" aria-rowindex={1}>
        {columns.map((column) => (
          <Head
            key={column.id}
            column={column}
            sort={sort}
            onSort={() => onSort(nextSort(sort, column.id))}
          />
        ))}
      </div>
    </div>
  )
}

function Head(props: {
  readonly column: Column
  readonly sort: Sort
  readonly onSort: () => void
}): ReactElement {
  const { column, sort, onSort } = props
  const direction = sort.isFalling ? 'descending' : 'ascending'
  const isSorted = sort.column === column.id
  return (
    <div
      role="columnheader"
      data-number={column.isNumber && !column.isGauge ? 'end' : undefined}
      aria-sort={isSorted ? direction : undefined}
    >
      <button
        type="button"
        title={column.about && say(column.about)}
        data-column={column.id}
        onClick={onSort}
      >
        {say(column.title)}
        <span aria-hidden="true" className="text-2xs">
          {isSorted ? (sort.isFalling ? '↓' : '↑') : ''}
        </span>
      </button>
    </div>
  )
}
