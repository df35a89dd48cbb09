import { Suspense, useEffect, useState, type ReactElement } from 'react'

import { SearchIcon } from '../elements/icon.tsx'
import { lazyPart } from '../elements/lazy-part.ts'
import { say } from '../messages/message.ts'
import type { Palette as PaletteElement } from '../palette/palette.tsx'
import type { ShellDeeds } from '../palette/use-choices.ts'
import type { Page } from '../pages/define-page.ts'
import { keyNames } from './key-names.ts'

async function loadPalette(): Promise<typeof PaletteElement> {
  return (await import('../palette/palette.tsx')).Palette
}

const Palette = lazyPart(loadPalette)

/** By then the page itself has come; few press `Ctrl K` earlier, and letters must not go elsewhere while the palette comes. */
const loadAfterMs = 1000

/** Opens the palette, as `Ctrl K` does from anywhere, also while one writes into a field. */
export function PaletteButton(props: {
  readonly pages: readonly Page[]
  readonly shell: ShellDeeds
}): ReactElement {
  const { pages, shell } = props
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    // Opening it asks again.
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), loadAfterMs)
    return () => clearTimeout(timer)
  }, [])
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
