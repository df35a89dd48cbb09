import { useRef, useState, type ReactElement } from 'react'

import type { SavedView } from '../../../src/api/contract/views.ts'
import { postJson } from '../data/request.ts'
import { addressOf, readSearch } from '../data/search.ts'
import { useDeed } from '../data/use-deed.ts'
import { DeedProblem } from '../elements/deed-problem.tsx'
import { CrossIcon } from '../elements/icon.tsx'
import { InnerLink } from '../elements/inner-link.tsx'
import { say } from '../messages/views.ts'
import { dateTimeText } from '../units/clock.ts'
import { viewsPath } from './views-path.ts'

interface ViewListProps {
  readonly views: readonly SavedView[]
  /** Whether the server has told them. */
  readonly isRead: boolean
  readonly mayChange: boolean
  readonly onOpen: () => void
  readonly onChanged: () => void
}

/** The views that are kept on the server: to open, and to delete by those who may. */
export function ViewList(props: ViewListProps): ReactElement {
  const { views, isRead, mayChange, onOpen, onChanged } = props
  const deed = useDeed()
  const [asked, setAsked] = useState<string>()
  const list = useRef<HTMLElement>(null)
  function remove(name: string): void {
    if (asked !== name) {
      setAsked(name)
      return
    }
    setAsked(undefined)
    deed.run(async () => {
      // Also where it fails: somebody else may have deleted it before.
      await postJson(`${viewsPath}/delete`, { name }).finally(onChanged)
      // The button that had the focus goes with the view.
      list.current?.focus()
    })
  }
  return (
    <section
      ref={list}
      tabIndex={-1}
      aria-label={say('views.list')}
      className="grid gap-1 outline-none"
    >
      <h3 className="font-semibold">{say('views.list')}</h3>
      {isRead && views.length === 0 && <p className="text-soft">{say('views.none')}</p>}
      <ul className="max-h-64 overflow-y-auto">
        {views.map((view) => (
          <li key={view.name} className="flex items-center gap-3 border-t border-line py-1.5">
            <span className="min-w-0 flex-1 truncate" onClick={onOpen}>
              <InnerLink href={addressOf(view.path, readSearch(view.search))} className="underline">
                {view.name}
              </InnerLink>
            </span>
            <span className="truncate text-xs text-faint max-sm:hidden">
              {say('views.savedBy', { name: view.savedBy, time: dateTimeText(view.savedAtMs) })}
            </span>
            {mayChange && (
              <RemoveButton
                name={view.name}
                isAsking={asked === view.name}
                isDisabled={deed.isRunning}
                onRemove={() => remove(view.name)}
              />
            )}
          </li>
        ))}
      </ul>
      <DeedProblem text={deed.error && say('views.notDeleted', { message: deed.error.message })} />
    </section>
  )
}

/** The first press asks, the second deletes. */
function RemoveButton(props: {
  readonly name: string
  readonly isAsking: boolean
  readonly isDisabled: boolean
  readonly onRemove: () => void
}): ReactElement {
  const { name, isAsking, isDisabled, onRemove } = props
  const label = say(isAsking ? 'views.deleteSure' : 'views.delete', { name })
  return (
    <button
      type="button"
      className={isAsking ? 'font-semibold text-critical' : 'rounded p-1 text-faint hover:text-ink'}
      aria-label={label}
      title={label}
      disabled={isDisabled}
      onClick={onRemove}
    >
      {isAsking ? say('views.deleteDo') : <CrossIcon />}
    </button>
  )
}
