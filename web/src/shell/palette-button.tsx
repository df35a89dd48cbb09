import { lazy, Suspense, useEffect, useState, type ReactElement } from 'react'

import { SearchIcon } from '../elements/icon.tsx'
import { say } from '../messages/message.ts'
import type { ShellDeeds } from '../palette/use-choices.ts'
import type { Page } from '../pages/define-page.ts'
import { keyNames } from './key-names.ts'

const Palette = lazy(async () => {
  const { Palette: element } = await import('../palette/palette.tsx')
  return { default: element }
})

/** Opens the palette, as `Ctrl K` does from anywhere, also while one writes into a field. */
export function PaletteButton(props: {
  readonly pages: readonly Page[]
  readonly shell: ShellDeeds
}): ReactElement {
  const { pages, shell } = props
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const isMod = event.ctrlKey || event.metaKey
      if (!isMod || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      // What a dialog asks has to be answered first.
      if (document.querySelector('dialog[open]') === null) setOpen(true)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return (
    <>
      <button
        type="button"
        className="control"
        aria-label={say('app.palette')}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        title={say('app.palette')}
        onClick={() => setOpen(true)}
      >
        <SearchIcon />
        <span className="max-xl:hidden" aria-hidden="true">
          <kbd>{keyNames('Mod k').join(' ')}</kbd>
        </span>
      </button>
      {isOpen && (
        <Suspense>
          <Palette pages={pages} shell={shell} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
