import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'

import { say } from '../messages/palette.ts'
import { countQuantity } from '../units/quantity.ts'
import type { Choice } from './choice.ts'
import type { Ranked, RankedSection } from './rank-choices.ts'
import type { Way } from './use-palette-keys.ts'

/** What answers, by sections; the one at `at`, counted over all of them, is the one that Enter takes. */
export function ResultList(props: {
  readonly ranked: readonly RankedSection[]
  readonly listId: string
  readonly at: number
  readonly onPoint: (index: number) => void
  readonly onTake: (choice: Choice, way: Way) => void
}): ReactElement {
  const { ranked, listId, at, onPoint, onTake } = props
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at, ranked])
  let index = -1
  return (
    <div
      ref={list}
      id={listId}
      role="listbox"
      aria-label={say('palette.results')}
      className="palette-list"
    >
      {ranked.map((section) => (
        <div key={section.section} role="group" aria-labelledby={`${listId}-${section.section}`}>
          <SectionTitle id={`${listId}-${section.section}`} section={section} />
          {section.shown.map((one) => {
            index += 1
            const own = index
            return (
              <Option
                key={one.choice.id}
                id={`${listId}-${own}`}
                ranked={one}
                isChosen={own === at}
                onPoint={() => onPoint(own)}
                onTake={(way) => onTake(one.choice, way)}
              />
            )
          })}
        </div>
      ))}
    </div>
  )
}

function SectionTitle(props: {
  readonly id: string
  readonly section: RankedSection
}): ReactElement {
  const { section, shown, count } = props.section
  return (
    <div role="presentation" className="palette-section">
      <span id={props.id}>{say(`palette.section.${section}`)}</span>
      {count > shown.length && (
        <span>
          {say('palette.first', { shown: shown.length, count: countQuantity(count).number })}
        </span>
      )}
    </div>
  )
}

function Option(props: {
  readonly id: string
  readonly ranked: Ranked
  readonly isChosen: boolean
  readonly onPoint: () => void
  readonly onTake: (way: Way) => void
}): ReactElement {
  const { id, ranked, isChosen, onPoint, onTake } = props
  const { choice, ranges } = ranked
  return (
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      className="palette-option"
      onPointerMove={isChosen ? undefined : onPoint}
      // The text that is typed keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={({ altKey }) => onTake(altKey ? 'logs' : 'open')}
    >
      <choice.icon />
      <span className="palette-text">{withMarks(choice.text, ranges)}</span>
      <span className="palette-detail">{choice.detail}</span>
      {choice.state && (
        <span className="badge" data-tone={choice.state.tone}>
          {choice.state.text}
        </span>
      )}
    </div>
  )
}

/** The letters that answer stand out. */
function withMarks(text: string, ranges: Ranked['ranges']): readonly ReactNode[] {
  const parts: ReactNode[] = []
  let done = 0
  for (const [from, to] of ranges) {
    parts.push(text.slice(done, from), <mark key={from}>{text.slice(from, to)}</mark>)
    done = to
  }
  return [...parts, text.slice(done)]
}
