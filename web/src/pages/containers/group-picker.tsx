import type { ReactElement } from 'react'

import { say } from '../../messages/message.ts'
import { allFolded, nothingFolded } from './folding.ts'
import { GroupSelect } from './group-select.tsx'
import { mostGroupings, type View } from './view.ts'

/** What containers are grouped by: a field, or any label or tag that is there, and inside by a second one. */
export function GroupPicker(props: {
  readonly view: View
  readonly onView: (change: Partial<View>) => void
}): ReactElement {
  const { view, onView } = props
  const { groups, folding, shape } = view
  const places = Math.min(groups.length + 1, mostGroupings)
  const isFolded = folding.isAll
  return (
    <>
      {Array.from({ length: places }, (_, place) => (
        <GroupSelect
          key={place}
          place={place}
          groups={groups}
          onGroups={(chosen) => onView({ groups: chosen })}
        />
      ))}
      {groups.length > 0 && shape === 'table' && (
        <button
          type="button"
          className="control"
          onClick={() => onView({ folding: isFolded ? nothingFolded : allFolded })}
        >
          {say(isFolded ? 'group.unfoldAll' : 'group.foldAll')}
        </button>
      )}
    </>
  )
}
