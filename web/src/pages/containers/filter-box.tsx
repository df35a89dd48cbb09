import { useEffect, useRef, useState, type ReactElement } from 'react'

import { CrossIcon, SearchIcon } from '../../elements/icon.tsx'
import { useMedia } from '../../elements/use-media.ts'
import { say } from '../../messages/message.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'
import type { Problem } from './parse-filter.ts'

/** Where a filter is written. What cannot be read turns it amber and is explained; the rest goes on filtering. */
export function FilterBox(props: {
  readonly text: string
  readonly problems: readonly Problem[]
  readonly onChange: (text: string) => void
}): ReactElement {
  const { text, problems, onChange } = props
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useDraft(text, onChange)
  const isNarrow = useMedia('(max-width: 63.99rem)')
  useShortcuts({
    '/': () => {
      input.current?.focus()
      input.current?.select()
    },
  })
  const hasProblem = problems.length > 0
  return (
    <div
      className="relative flex min-w-0 flex-1 basis-64 items-center"
      data-tone={hasProblem ? 'warning' : undefined}
    >
      <span className="pointer-events-none absolute left-2.5 text-faint">
        <SearchIcon />
      </span>
      <input
        ref={input}
        type="text"
        role="searchbox"
        className="h-8 w-full rounded-md border border-line bg-panel px-8 placeholder:text-faint hover:border-edge aria-invalid:border-(--tone) aria-invalid:bg-[color-mix(in_srgb,var(--tone)_8%,var(--panel))]"
        aria-label={say('filter.label')}
        aria-invalid={hasProblem}
        aria-describedby={hasProblem ? 'filter-problems' : undefined}
        placeholder={say(isNarrow ? 'filter.placeholderShort' : 'filter.placeholder')}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
      />
      {draft !== '' && (
        <button
          type="button"
          className="absolute right-1.5 rounded p-1 text-faint hover:text-ink"
          aria-label={say('filter.clear')}
          title={say('filter.clear')}
          onClick={() => {
            setDraft('')
            input.current?.focus()
          }}
        >
          <CrossIcon />
        </button>
      )}
    </div>
  )
}

/** What is left out of the filter and why, one sentence each. */
export function FilterProblems({
  problems,
}: {
  readonly problems: readonly Problem[]
}): ReactElement | null {
  if (problems.length === 0) return null
  return (
    <ul id="filter-problems" role="status" data-tone="warning" className="basis-full text-(--tone)">
      {problems.map(({ kind, ...values }) => (
        <li key={kind + values.term}>{say(`filter.${kind}`, values)}</li>
      ))}
    </ul>
  )
}

/** What is being typed. The address follows it, and leads it when the reader goes back. */
function useDraft(
  text: string,
  onChange: (text: string) => void,
): [string, (draft: string) => void] {
  const [draft, setDraft] = useState(text)
  const sent = useRef(text)
  useEffect(() => {
    if (text === sent.current) return
    sent.current = text
    setDraft(text)
  }, [text])
  return [
    draft,
    (next) => {
      setDraft(next)
      sent.current = next
      onChange(next)
    },
  ]
}
