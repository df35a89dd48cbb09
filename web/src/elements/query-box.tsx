import { useEffect, useRef, useState, type ReactElement } from 'react'

import { useShortcuts } from '../shell/shortcuts.ts'
import { CrossIcon, SearchIcon } from './icon.tsx'
import { useMedia } from './use-media.ts'

/** Why a query cannot be answered, and where it stops making sense. */
export interface QueryFault {
  readonly text: string
  readonly at: number | undefined
}

/** So long after the last key a query is asked. */
const settleMs = 300
const problemsId = 'query-problem'

/** What the box is called and what stands in it while it is empty. */
export interface QueryBoxWords {
  readonly label: string
  readonly hint: string
  /** The hint where there is little room. */
  readonly shortHint: string
  readonly clear: string
}

/** Where a query is written; `/` leads there. One that cannot be answered turns it amber; what was shown stays. */
export function QueryBox(props: {
  readonly words: QueryBoxWords
  readonly query: string
  readonly fault: QueryFault | undefined
  readonly onQuery: (query: string) => void
}): ReactElement {
  const { words, query, fault, onQuery } = props
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useSettledDraft(query, onQuery)
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
      data-tone={fault ? 'warning' : undefined}
    >
      <span className="pointer-events-none absolute left-2.5 text-faint">
        <SearchIcon />
      </span>
      <input
        ref={input}
        type="text"
        role="searchbox"
        className="h-8 w-full rounded-md border border-line bg-panel px-8 font-mono text-xs placeholder:font-sans placeholder:text-[0.8125rem] placeholder:text-faint hover:border-edge aria-invalid:border-(--tone) aria-invalid:bg-[color-mix(in_srgb,var(--tone)_8%,var(--panel))]"
        aria-label={words.label}
        aria-invalid={fault !== undefined}
        aria-describedby={fault ? problemsId : undefined}
        placeholder={isNarrow ? words.shortHint : words.hint}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => setDraft(event.target.value, 'later')}
        onKeyDown={(event) => {
          if (event.key === 'Enter') setDraft(draft, 'now')
          if (event.key === 'Escape') input.current?.blur()
        }}
      />
      {draft !== '' && (
        <button
          type="button"
          className="absolute right-1.5 rounded p-1 text-faint hover:text-ink"
          aria-label={words.clear}
          title={words.clear}
          onClick={() => {
            setDraft('', 'now')
            input.current?.focus()
          }}
        >
          <CrossIcon />
        </button>
      )}
    </div>
  )
}

/** Says what is wrong with a query, and shows the place in it. */
export function QueryProblem(props: {
  readonly query: string
  readonly fault: QueryFault | undefined
}): ReactElement | null {
  const { query, fault } = props
  if (fault === undefined) return null
  const { at = query.length } = fault
  const isInside = fault.at !== undefined && at >= 0
  return (
    <p id={problemsId} role="status" data-tone="warning" className="basis-full text-(--tone)">
      {fault.text}
      {isInside && (
        <code className="ml-2 font-mono text-xs break-all text-soft" aria-hidden="true">
          {query.slice(Math.max(0, at - 24), at)}
          <mark className="query-fault">{query.slice(at, at + 1).trim() || '␣'}</mark>
          {query.slice(at + 1, at + 24)}
        </code>
      )}
    </p>
  )
}

/** What is being typed. The address follows it after a moment, and leads it when something else changes the query. */
function useSettledDraft(
  query: string,
  onQuery: (query: string) => void,
): [string, (draft: string, when: 'now' | 'later') => void] {
  const [draft, setDraft] = useState(query)
  const sent = useRef(query)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (query === sent.current) return
    clearTimeout(timer.current)
    sent.current = query
    setDraft(query)
  }, [query])
  useEffect(() => () => clearTimeout(timer.current), [])
  function send(next: string): void {
    sent.current = next
    onQuery(next)
  }
  return [
    draft,
    (next, when) => {
      setDraft(next)
      clearTimeout(timer.current)
      if (when === 'now') send(next)
      else timer.current = setTimeout(() => send(next), settleMs)
    },
  ]
}
