import { useEffect, useRef, useState, type ReactElement } from 'react'

import { SearchBox, type SearchWords } from './search-box.tsx'

/** Why a query cannot be answered, and where it stops making sense. */
export interface QueryFault {
  readonly text: string
  readonly at: number | undefined
}

/** So long after the last key a query is asked. */
const settleMs = 300
const problemsId = 'query-problem'

/** Where a query is written; `/` leads there. One that cannot be answered turns it amber; what was shown stays. */
export function QueryBox(props: {
  readonly words: SearchWords
  readonly query: string
  readonly fault: QueryFault | undefined
  readonly onQuery: (query: string) => void
}): ReactElement {
  const { words, query, fault, onQuery } = props
  const [draft, setDraft] = useSettledDraft(query, onQuery)
  return (
    <SearchBox
      words={words}
      text={draft}
      problemId={fault && problemsId}
      isCode
      onText={(text) => setDraft(text, 'later')}
      onSettle={(text) => setDraft(text, 'now')}
    />
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
