import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'

import type { Suggestion } from './suggestions.ts'

/** What a box with suggestions holds, and what it offers. */
export interface SuggestBoxProps {
  readonly label: string
  /** What it holds while nobody writes into it. */
  readonly value: string
  readonly placeholder: string
  readonly suggestions: (draft: string) => readonly Suggestion[]
  readonly complete: (draft: string, chosen: Suggestion) => string
  readonly onDraft?: (draft: string) => void
  readonly onCommit: (text: string) => void
  readonly className?: string
}

/**
 * A field that says how what is written may go on. Arrow keys choose, Enter takes, Escape leaves it as it was.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function SuggestBox(props: SuggestBoxProps): ReactElement {
  const { label, value, placeholder, className = '' } = props
  const listId = useId()
  const box = useSuggestBox(props)
  const { draft, offered, active } = box
  const isOpen = draft !== undefined && offered.length > 0
  return (
    <div className={`suggest ${className}`}>
      <input
        ref={box.input}
        type="text"
        role="combobox"
        className="suggest-input"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && active >= 0 ? `${listId}-${active}` : undefined}
        placeholder={placeholder}
        title={draft === undefined && value !== '' ? value : undefined}
        value={draft ?? value}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onFocus={box.open}
        onBlur={box.leave}
        onChange={(event) => box.write(event.target.value)}
        onKeyDown={box.press}
      />
      {isOpen && (
        <ul id={listId} role="listbox" aria-label={label} className="suggest-list">
          {offered.map((suggestion, index) => (
            <li
              key={suggestion.text}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              // The field keeps the focus, so that leaving it does not take what was written so far.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => box.take(suggestion)}
            >
              <span className="truncate">{suggestion.text}</span>
              <span className="suggest-about">{suggestion.about}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What is written into the field and which suggestion is chosen; no draft while nobody writes. */
function useSuggestBox({ value, suggestions, complete, onDraft, onCommit }: SuggestBoxProps): {
  readonly input: React.RefObject<HTMLInputElement | null>
  readonly draft: string | undefined
  readonly offered: readonly Suggestion[]
  readonly active: number
  readonly open: () => void
  readonly leave: () => void
  readonly write: (text: string) => void
  readonly take: (suggestion: Suggestion) => void
  readonly press: (event: KeyboardEvent) => void
} {
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState<string>()
  const [active, setActive] = useState(-1)
  const offered = draft === undefined ? [] : suggestions(draft)
  useEffect(() => {
    if (active < 0) return
    input.current?.parentElement
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest' })
  }, [active])
  function write(text: string | undefined): void {
    setDraft(text)
    setActive(-1)
    if (text !== undefined) onDraft?.(text)
  }
  function commit(text: string): void {
    write(undefined)
    if (text.trim() !== value) onCommit(text.trim())
  }
  function take(suggestion: Suggestion): void {
    const next = complete(draft ?? value, suggestion)
    if (suggestion.isBeginning) write(next)
    else commit(next)
  }
  function press(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined) {
      event.preventDefault()
      if (draft === undefined) write(value)
      else setActive((before) => Math.min(Math.max(before + by, -1), offered.length - 1))
    } else if (event.key === 'Enter') {
      const chosen = offered[active]
      if (chosen === undefined) commit(draft ?? value)
      else take(chosen)
    } else if (event.key === 'Escape') {
      write(undefined)
      input.current?.blur()
    }
  }
  return {
    input,
    draft,
    offered,
    active,
    open: () => write(value),
    leave: () => draft !== undefined && commit(draft),
    write,
    take,
    press,
  }
}
