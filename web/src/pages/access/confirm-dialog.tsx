import type { ReactElement } from 'react'

import { useDeed } from '../../data/use-deed.ts'
import { DeedProblem } from '../../elements/deed-problem.tsx'
import { Dialog } from '../../elements/dialog.tsx'
import { say } from '../../messages/access.ts'

/** Asks before something that cannot be taken back, does it, and says why it could not be done. */
export function ConfirmDialog(props: {
  readonly title: string
  readonly text: string
  /** What the button says that does it. */
  readonly verb: string
  readonly act: () => Promise<void>
  readonly onClose: () => void
}): ReactElement {
  const { title, text, verb, act, onClose } = props
  const deed = useDeed()
  return (
    <Dialog title={title} onClose={onClose}>
      {(close) => (
        <div className="mt-3 grid gap-4">
          <p className="text-soft">{text}</p>
          <DeedProblem
            text={deed.error && say('access.notDone', { message: deed.error.message })}
          />
          <div className="flex flex-wrap justify-end gap-2">
            <button type="button" className="control h-9" onClick={close}>
              {say('access.cancel')}
            </button>
            <button
              type="button"
              className="main-action"
              data-tone="critical"
              disabled={deed.isRunning}
              onClick={() =>
                deed.run(async () => {
                  await act()
                  close()
                })
              }
            >
              {deed.isRunning ? say('access.doing') : verb}
            </button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
