import { useMemo, type ReactElement } from 'react'

import type { Widget } from '../../../src/api/contract/dashboards.ts'
import { askScalars, type ScalarTable } from '../data/metric-answers.ts'
import { useSearch, useSetSearch } from '../data/search.ts'
import { say, sayCount } from '../messages/dashboards.ts'
import { countQuantity } from '../units/quantity.ts'
import { AnswerView } from './answer-view.tsx'
import { useBoard } from './board-context.ts'
import { boardMetrics } from './board-query.ts'
import { groupName } from './group-name.ts'
import { numberScale, stateOf, type NumberScale } from './number-scale.ts'
import { sortRows, type RowOrder } from './sort-rows.ts'
import { useWidgetAnswer } from './use-widget-answer.ts'

type QueryTableWidget = Extract<Widget, { readonly type: 'query_table' }>

/** Groups in rows, numbers in columns; a click on a head sorts. */
export function QueryTableView({ widget }: { readonly widget: QueryTableWidget }): ReactElement {
  const { columns, spanS } = widget
  const board = useBoard()
  const asked = columns.map(({ text, reduce }) => ({
    text: boardMetrics(text, board),
    reduce,
  }))
  const answer = useWidgetAnswer({
    key: `table ${asked.map(({ text, reduce }) => `${reduce} ${text}`).join('\n')}`,
    spanS,
    load: (span, signal) => askScalars(asked, span, signal),
  })
  return (
    <AnswerView of={answer} isEmpty={({ rows }) => rows.length === 0}>
      {({ answer: table }) => <Table widget={widget} table={table} />}
    </AnswerView>
  )
}

function Table(props: {
  readonly widget: QueryTableWidget
  readonly table: ScalarTable
}): ReactElement {
  const { widget, table } = props
  const { rowOrder, sortBy } = useRowOrder(widget)
  const kept = keepRows(widget, table)
  const rows = sortRows(kept, rowOrder)
  const scales = useMemo(
    () =>
      widget.columns.map(({ format }, column) =>
        numberScale(
          table.units[column] ?? '',
          table.rows.map(({ values }) => values[column] ?? null),
          format,
        ),
      ),
    [widget, table],
  )
  const names = widget.columns.map(({ alias, text }) => alias || text)
  return (
    <div className="widget-scroll" tabIndex={0} role="group" aria-label={widget.title}>
      <table className="number-table">
        <thead>
          <tr>
            <Head
              name={table.groupKeys.join(', ') || say('widget.group')}
              column={-1}
              {...{ rowOrder, sortBy }}
            />
            {names.map((name, column) => (
              <Head
                key={column}
                name={name}
                unit={scales[column]?.unit ?? ''}
                {...{ column, rowOrder, sortBy }}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ groups, values }) => (
            <tr key={groups.join('\n')}>
              <th scope="row" title={groupName(groups)}>
                {groupName(groups)}
              </th>
              {widget.columns.map(({ conditions }, column) => (
                <NumberCell
                  key={column}
                  scale={scales[column]}
                  value={values[column] ?? null}
                  state={stateOf(values[column], conditions)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {kept.length < table.rows.length && (
        <p className="widget-note">
          {say('widget.cut', {
            shown: countQuantity(kept.length).number,
            count: sayCount('widget.count', table.rows.length),
          })}
        </p>
      )}
    </div>
  )
}

function Head(props: {
  readonly name: string
  readonly unit?: string
  readonly column: number
  readonly rowOrder: RowOrder
  readonly sortBy: (column: number) => void
}): ReactElement {
  const { name, unit = '', column, rowOrder, sortBy } = props
  const isSorted = rowOrder.by === column
  const isAscending = isSorted && rowOrder.order === 'asc'
  const next = isSorted ? !isAscending : column < 0
  return (
    <th
      scope="col"
      data-number={column >= 0 || undefined}
      aria-sort={isSorted ? (isAscending ? 'ascending' : 'descending') : undefined}
    >
      <button
        type="button"
        title={say(next ? 'widget.sortAscending' : 'widget.sortDescending', { column: name })}
        onClick={() => sortBy(column)}
      >
        {name}
        {unit !== '' && <span className="font-normal text-faint"> {unit}</span>}
        {isSorted && <span aria-hidden="true">{isAscending ? ' ↑' : ' ↓'}</span>}
      </button>
    </th>
  )
}

function NumberCell(props: {
  readonly scale: NumberScale | undefined
  readonly value: number | null
  readonly state: ReturnType<typeof stateOf>
}): ReactElement {
  const { scale, value, state } = props
  return (
    <td data-number data-tone={state}>
      {scale?.numberText(value)}
      {state && state !== 'ok' && <span className="sr-only"> {say(`widget.state.${state}`)}</span>}
    </td>
  )
}

/** The rows that the widget itself asks for: so many of them, the highest or lowest of one of its columns. */
function keepRows(
  { limit, order, orderBy }: QueryTableWidget,
  { rows }: ScalarTable,
): ScalarTable['rows'] {
  return sortRows(rows, { by: orderBy, order }).slice(0, limit)
}

/** The order that the address asks for, else the widget's own. */
function useRowOrder({ id, order, orderBy }: QueryTableWidget): {
  readonly rowOrder: RowOrder
  readonly sortBy: (column: number) => void
} {
  const search = useSearch()
  const setSearch = useSetSearch()
  const parameter = `sort_${id}`
  const [, column, direction] = /^(-?\d{1,3})(asc|desc)$/.exec(search[parameter] ?? '') ?? []
  const rowOrder: RowOrder =
    column === undefined
      ? { by: orderBy, order }
      : { by: Number(column), order: direction === 'asc' ? 'asc' : 'desc' }
  return {
    rowOrder,
    sortBy(by) {
      // Numbers begin with the highest, names with the first.
      const first = by < 0 ? 'asc' : 'desc'
      const isAgain = rowOrder.by === by
      const next = isAgain ? (rowOrder.order === 'asc' ? 'desc' : 'asc') : first
      setSearch({ [parameter]: `${by}${next}` })
    },
  }
}
