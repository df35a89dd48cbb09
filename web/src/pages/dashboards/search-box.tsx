import { useRef, type ReactElement } from 'react'

import { CrossIcon, SearchIcon } from '../../elements/icon.tsx'
import { say } from '../../messages/dashboards.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'

/** Where words are written that a dashboard has to hold. */
export function SearchBox(props: {
  readonly text: string
  readonly onChange: (text: string) => void
}): ReactElement {
  const { text, onChange } = props
  const input = useRef<HTMLInputElement>(null)
  useShortcuts({
    '/': () => {
      input.current?.focus()
      input.current?.select()
    },
  })
  return (
    <div className="relative flex min-w-0 flex-1 basis-64 items-center">
      <span className="pointer-events-none absolute left-2.5 text-faint">
        <SearchIcon />
      </span>
      <input
        ref={input}
        type="text"
        role="searchbox"
        className="h-8 w-full rounded-md border border-line bg-panel px-8 placeholder:text-faint hover:border-edge"
        aria-label={say('dashboards.search')}
        placeholder={say('dashboards.search')}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
      />
      {text !== '' && (
        <button
          type="button"
          className="absolute right-1.5 rounded p-1 text-faint hover:text-ink"
          aria-label={say('dashboards.searchClear')}
          title={say('dashboards.searchClear')}
          onClick={() => {
            onChange('')
            input.current?.focus()
          }}
        >
          <CrossIcon />
        </button>
      )}
    </div>
  )
}
