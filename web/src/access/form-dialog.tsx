import type { FormEvent, ReactElement, ReactNode } from 'react'

import { useDeed } from '../data/use-deed.ts'
import { DeedProblem } from '../elements/deed-problem.tsx'
import { Dialog } from '../elements/dialog.tsx'
import { say } from '../messages/access.ts'
import { fieldsOf, type ReadField } from './read-field.ts'

/** Fields to fill in, and what is done with them; what follows is shown in their place. */
export function FormDialog(props: {
  readonly title: string
  readonly verb: string
  readonly fields: ReactNode
  /** Throws a `RequestError` where it cannot be done. */
  readonly act: (field: ReadField) => Promise<void>
  /** Once it is done: what it has brought and is shown only once; else the dialog closes. */
  readonly outcome?: ReactNode
  readonly onClose: () => void
}): ReactElement {
  const { title, verb, fields, act, outcome, onClose } = props
  const deed = useDeed()
  const isDone = outcome !== undefined
  return (
    <Dialog title={title} isKept={isDone} onClose={onClose}>
      {(close) => {
        function submit(event: FormEvent<HTMLFormElement>): void {
          event.preventDefault()
          const field = fieldsOf(event.currentTarget)
          deed.run(() => act(field))
        }
        if (isDone) {
          return (
            <div className="mt-3 grid gap-4">
              {outcome}
              <button type="button" className="main-action justify-self-end" onClick={close}>
                {say('access.close')}
              </button>
            </div>
          )
        }
        return (
          <form className="mt-3 grid gap-4" onSubmit={submit}>
            {fields}
            <DeedProblem
              text={deed.error && say('access.notDone', { message: deed.error.message })}
            />
            <div className="flex flex-wrap justify-end gap-2">
              <button type="button" className="control h-9" onClick={close}>
                {say('access.cancel')}
              </button>
              <button type="submit" className="main-action" disabled={deed.isRunning}>
                {deed.isRunning ? say('access.doing') : verb}
              </button>
            </div>
          </form>
        )
      }}
    </Dialog>
  )
}
