import { useRef, type ReactElement } from 'react'

import { useShortcuts } from '../shell/shortcuts.ts'
import { CrossIcon, SearchIcon } from './icon.tsx'
import { useMedia } from './use-media.ts'

/** What a box is called and what stands in it while it is empty. */
export interface SearchWords {
  readonly label: string
  readonly hint: string
  /** The hint where there is little room. */
  readonly shortHint: string
  readonly clear: string
}

/** Where one writes what is searched for; `/` leads there, `Esc` leaves it. */
export function SearchBox(props: {
  readonly words: SearchWords
  readonly text: string
  /** What is wrong with the text stands in the element of this id; it turns the box amber. */
  readonly problemId?: string | undefined
  /** Whether it is a language with signs of its own. */
  readonly isCode?: boolean
  readonly onText: (text: string) => void
  /** Enter, or the button that clears it: what was typed holds at once. */
  readonly onSettle?: (text: string) => void
}): ReactElement {
  const { words, text, problemId, isCode = false, onText, onSettle } = props
  const input = useRef<HTMLInputElement>(null)
  const isNarrow = useMedia('(max-width: 63.99rem)')
  useShortcuts({
    '/': () => {
      input.current?.focus()
      input.current?.select()
    },
  })
  return (
    <div
      className="relative flex min-w-0 flex-1 basis-64 items-center"
      data-tone={problemId === undefined ? undefined : 'warning'}
    >
      <span className="pointer-events-none absolute left-2.5 text-faint">
        <SearchIcon />
      </span>
      <input
        ref={input}
        type="text"
        role="searchbox"
        className="search-box"
        data-code={isCode || undefined}
        aria-label={words.label}
        aria-invalid={problemId !== undefined}
        aria-describedby={problemId}
        placeholder={isNarrow ? words.shortHint : words.hint}
        value={text}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onSettle?.(text)
          if (event.key === 'Escape') input.current?.blur()
        }}
      />
      {text !== '' && (
        <button
          type="button"
          className="absolute right-1.5 rounded p-1 text-faint hover:text-ink"
          aria-label={words.clear}
          title={words.clear}
          onClick={() => {
            const settle = onSettle ?? onText
            settle('')
            input.current?.focus()
          }}
        >
          <CrossIcon />
        </button>
      )}
    </div>
  )
}
