import type { ReactElement } from 'react'

import { Choice } from '../../elements/choice.tsx'
import { say, sayCount } from '../../messages/message.ts'
import { countQuantity } from '../../units/quantity.ts'
import { columns, shownColumns } from './columns.ts'
import { endedId } from './ended.tsx'
import { FilterBox, FilterProblems } from './filter-box.tsx'
import type { Problem } from './parse-filter.ts'
import { groupings, nextSort, type GroupBy, type View } from './view.ts'

/** What steers the table: filter, scope, groups; on a phone also the order, as it has no heads of columns. */
export function Toolbar(props: {
  readonly view: View
  readonly problems: readonly Problem[]
  readonly shownCount: number
  readonly allCount: number
  readonly isCompact: boolean
  readonly hasHosts: boolean
  readonly onView: (change: Partial<View>) => void
}): ReactElement {
  const { view, problems, shownCount, allCount, isCompact, hasHosts, onView } = props
  return (
    <div
      data-above-table
      className="sticky left-0 flex w-[100cqw] flex-wrap items-center gap-2 bg-panel px-3.5 pb-3 sm:px-5"
    >
      <FilterBox
        text={view.filterText}
        problems={problems}
        onChange={(filterText) => onView({ filterText })}
      />
      <Choice
        label={say('scope.label')}
        value={view.scope}
        options={[
          { value: 'running', text: say('scope.running') },
          { value: 'all', text: say('scope.all') },
        ]}
        onChoose={(scope) => onView({ scope })}
      />
      {isCompact && <SortSelect view={view} hasHosts={hasHosts} onView={onView} />}
      <GroupSelect group={view.group} onGroup={(group) => onView({ group })} />
      <button
        type="button"
        className="control max-sm:hidden"
        aria-expanded={view.isEndedShown}
        aria-controls={endedId}
        onClick={() => onView({ isEndedShown: !view.isEndedShown })}
      >
        {say('runs.title')}
      </button>
      <span className="ml-1 text-faint max-sm:sr-only" role="status">
        {shownCount === allCount
          ? sayCount('table.shown', shownCount)
          : sayCount('table.shownOf', shownCount, { all: countQuantity(allCount).number })}
      </span>
      <FilterProblems problems={problems} />
    </div>
  )
}

function GroupSelect(props: {
  readonly group: GroupBy
  readonly onGroup: (group: GroupBy) => void
}): ReactElement {
  return (
    <label className="control">
      <span className="text-faint max-sm:sr-only">{say('group.label')}</span>
      <select
        className="bg-transparent text-ink outline-none"
        value={props.group}
        onChange={(event) => {
          const group = groupings.find((known) => known === event.target.value)
          if (group) props.onGroup(group)
        }}
      >
        {groupings.map((group) => (
          <option key={group} value={group} className="bg-panel">
            {say(`group.${group}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

function SortSelect(props: {
  readonly view: View
  readonly hasHosts: boolean
  readonly onView: (change: Partial<View>) => void
}): ReactElement {
  const { view, hasHosts, onView } = props
  return (
    <label className="control">
      <span className="text-faint max-sm:sr-only">{say('table.sortBy')}</span>
      <select
        className="bg-transparent text-ink outline-none"
        value={view.sort.column}
        onChange={(event) => {
          const column = columns.find(({ id }) => id === event.target.value)
          if (column) onView({ sort: nextSort(view.sort, column.id) })
        }}
      >
        {shownColumns(hasHosts).map((column) => (
          <option key={column.id} value={column.id} className="bg-panel">
            {say(column.title)}
          </option>
        ))}
      </select>
    </label>
  )
}
