import { Suspense, useState, type ReactElement } from 'react'

import { Choice } from '../../elements/choice.tsx'
import { lazyPart } from '../../elements/lazy-part.ts'
import { say, sayCount } from '../../messages/message.ts'
import { TimeBarButton } from '../../past/time-travel.tsx'
import { countQuantity } from '../../units/quantity.ts'
import { findColumn, shownColumns } from './columns.ts'
import { endedId } from './ended.tsx'
import { FilterBox, FilterProblems } from './filter-box.tsx'
import type { Problem } from '../../../../src/api/contract/container-filter/parse-filter.ts'
import { GroupPicker } from './group-picker.tsx'
import { keepColumns } from './kept-columns.ts'
import type { LabelState } from './use-labels.ts'
import { nextSort, type View } from './view.ts'

const ColumnDialog = lazyPart(async () => (await import('./column-dialog.tsx')).ColumnDialog)

/** What steers table and map: filter, scope, shape, groups, columns; on a phone also the order, as it has no heads of columns. */
export function Toolbar(props: {
  readonly view: View
  readonly problems: readonly Problem[]
  readonly labels: LabelState
  readonly shownCount: number
  readonly allCount: number
  readonly isCompact: boolean
  readonly hasHosts: boolean
  readonly onView: (change: Partial<View>) => void
}): ReactElement {
  const { view, problems, labels, shownCount, allCount, isCompact, hasHosts, onView } = props
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
      <Choice
        label={say('shape.label')}
        value={view.shape}
        options={[
          { value: 'table', text: say('shape.table') },
          { value: 'map', text: say('shape.map') },
        ]}
        onChoose={(shape) => onView({ shape })}
      />
      {isCompact && view.shape === 'table' && (
        <SortSelect view={view} hasHosts={hasHosts} onView={onView} />
      )}
      <GroupPicker view={view} onView={onView} />
      {!isCompact && view.shape === 'table' && (
        <ColumnButton view={view} hasHosts={hasHosts} onView={onView} />
      )}
      <button
        type="button"
        className="control max-sm:hidden"
        aria-expanded={view.isEndedShown}
        aria-controls={endedId}
        onClick={() => onView({ isEndedShown: !view.isEndedShown })}
      >
        {say('runs.title')}
      </button>
      <TimeBarButton />
      <span className="ml-1 text-faint max-sm:sr-only" role="status">
        {shownCount === allCount
          ? sayCount('table.shown', shownCount)
          : sayCount('table.shownOf', shownCount, { all: countQuantity(allCount).number })}
      </span>
      <FilterProblems problems={problems} />
      <LabelNote labels={labels} />
    </div>
  )
}

/** Why groups and filter do not know what they should. */
function LabelNote({ labels }: { readonly labels: LabelState }): ReactElement | null {
  const { problem, isUnread, isWaiting } = labels
  if (problem === undefined && (!isUnread || isWaiting)) return null
  return (
    <p role="status" data-tone="warning" className="basis-full text-(--tone)">
      {problem === undefined
        ? say('group.labelsLate')
        : say('group.labelsUnread', { reason: problem.message })}
    </p>
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
          const column = findColumn(event.target.value)
          if (column) onView({ sort: nextSort(view.sort, column.id) })
        }}
      >
        {shownColumns([], hasHosts).map((column) => (
          <option key={column.id} value={column.id} className="bg-panel">
            {say(column.title)}
          </option>
        ))}
      </select>
    </label>
  )
}

function ColumnButton(props: {
  readonly view: View
  readonly hasHosts: boolean
  readonly onView: (change: Partial<View>) => void
}): ReactElement {
  const { view, hasHosts, onView } = props
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="control"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {say('columns.title')}
      </button>
      {isOpen && (
        <Suspense>
          <ColumnDialog
            chosen={view.columns}
            hasHosts={hasHosts}
            onChoose={(columns) => {
              keepColumns(columns)
              onView({ columns })
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}
