import type { ReactElement } from 'react'

import { Dialog } from '../../elements/dialog.tsx'
import { say } from '../../messages/map.ts'
import { columns, fixedColumns, shownColumns, type ColumnId } from './columns.ts'

/** Which columns the table has; a change shows at once. */
export function ColumnDialog(props: {
  readonly chosen: readonly ColumnId[]
  readonly hasHosts: boolean
  readonly onChoose: (columns: readonly ColumnId[]) => void
  readonly onClose: () => void
}): ReactElement {
  const { chosen, hasHosts, onChoose, onClose } = props
  const shown = shownColumns(chosen, hasHosts).map(({ id }) => id)
  return (
    <Dialog title={say('columns.title')} onClose={onClose}>
      {(close) => (
        <>
          <p className="mt-1 text-soft">{say('columns.text')}</p>
          <ul className="my-4 grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-3">
            {columns.map(({ id, title }) => (
              <li key={id}>
                <label className="flex items-center gap-2">
                  <input
                    type="checkbox"
                    checked={shown.includes(id)}
                    disabled={fixedColumns.includes(id)}
                    onChange={(event) =>
                      onChoose(
                        event.target.checked
                          ? [...shown, id]
                          : shown.filter((other) => other !== id),
                      )
                    }
                  />
                  {say(title)}
                </label>
              </li>
            ))}
          </ul>
          <div className="flex justify-end gap-2">
            <button
              type="button"
              className="control"
              disabled={chosen.length === 0}
              onClick={() => onChoose([])}
            >
              {say('columns.reset')}
            </button>
            <button type="button" className="main-action" onClick={close}>
              {say('help.close')}
            </button>
          </div>
        </>
      )}
    </Dialog>
  )
}
