import {
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
} from 'react'

import { useLink } from '../data/live.ts'
import { useGoTo } from '../data/search.ts'
import { SearchIcon } from '../elements/icon.tsx'
import { useMedia } from '../elements/use-media.ts'
import { say, sayCount } from '../messages/palette.ts'
import type { Page } from '../pages/define-page.ts'
import { clockText } from '../units/clock.ts'
import type { Choice } from './choice.ts'
import { KeyLegend } from './key-legend.tsx'
import { rankChoices } from './rank-choices.ts'
import { keepRecent, readRecent } from './recent-choices.ts'
import { ResultList } from './result-list.tsx'
import { searchLogs } from './typed-choices.ts'
import { useChoices, type ShellDeeds } from './use-choices.ts'
import { usePaletteKeys, type Way } from './use-palette-keys.ts'

/** Goes anywhere and does anything, by part of its name. */
export function Palette(props: {
  readonly pages: readonly Page[]
  readonly shell: ShellDeeds
  readonly onClose: () => void
}): ReactElement {
  const { pages, shell, onClose } = props
  const [typed, setTyped] = useState('')
  const [recent] = useState(readRecent)
  const searched = useDeferredValue(typed)
  const { choices, isLoading } = useChoices(pages, searched, shell)
  const ranked = useMemo(() => rankChoices(choices, searched, recent), [choices, searched, recent])
  const flat = ranked.flatMap(({ shown }) => shown.map(({ choice }) => choice))
  const { dialog, close } = useOwnDialog()
  const take = useTake(typed, close)
  const { at, point, onKeyDown } = usePaletteKeys({
    count: flat.length,
    typed,
    listed: searched,
    onTake: (index, way) => take(flat[index], way),
  })
  const listId = useId()
  const count = ranked.reduce((sum, section) => sum + section.count, 0)
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={say('palette.title')}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <Entry
        typed={typed}
        listId={listId}
        activeId={flat.length === 0 ? undefined : `${listId}-${at}`}
        onTyped={setTyped}
        onKeyDown={onKeyDown}
      />
      <NotLive />
      <ResultList ranked={ranked} listId={listId} at={at} onPoint={point} onTake={take} />
      {flat.length === 0 && (
        <p className="px-4 py-6 text-soft">{say('palette.none', { text: typed.trim() })}</p>
      )}
      <div className="palette-foot">
        <KeyLegend />
        <span role="status" className="ml-auto">
          {isLoading ? say('palette.loading') : sayCount('palette.count', count)}
        </span>
      </div>
    </dialog>
  )
}

/** Where one types; the list below is chosen from without leaving it. */
function Entry(props: {
  readonly typed: string
  readonly listId: string
  readonly activeId: string | undefined
  readonly onTyped: (text: string) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}): ReactElement {
  const { typed, listId, activeId, onTyped, onKeyDown } = props
  const isNarrow = useMedia('(max-width: 39.99rem)')
  return (
    <div className="palette-entry">
      <SearchIcon />
      <input
        // The dialog is there to be written into.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        role="combobox"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={activeId}
        aria-label={say('palette.title')}
        placeholder={say(isNarrow ? 'palette.placeholderShort' : 'palette.placeholder')}
        value={typed}
        maxLength={200}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => onTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

/** States beside the names are old once the page is not live. */
function NotLive(): ReactElement | null {
  const link = useLink()
  if (link.kind !== 'lost' && link.kind !== 'paused') return null
  return (
    <p className="px-4 pt-2 text-warning">
      {say('palette.asOf', { time: clockText(link.sinceMs) })}
    </p>
  )
}

/** The browser's own dialog, opened at once; `close` does something once it is closed and the focus is back. */
function useOwnDialog(): {
  readonly dialog: RefObject<HTMLDialogElement | null>
  readonly close: (then?: () => void) => void
} {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return {
    dialog,
    close: (then) => {
      dialog.current?.close()
      then?.()
    },
  }
}

function useTake(
  typed: string,
  close: (then: () => void) => void,
): (choice: Choice | undefined, way: Way) => void {
  const goTo = useGoTo()
  return (choice, way) => {
    const text = typed.trim()
    if (way === 'searchLogs' && text !== '') {
      close(() => searchLogs(text, goTo))
      return
    }
    if (choice === undefined || way === 'searchLogs') return
    if (choice.section !== 'time' && choice.section !== 'logs') keepRecent(choice.id)
    close((way === 'logs' ? choice.runLogs : undefined) ?? choice.run)
  }
}
