import type { ReactElement } from 'react'

import type { ProblemList, SourceWork } from '../../../../src/api/contract/agents.ts'
import { say } from '../../messages/agents.ts'
import { durationText } from '../../units/duration.ts'
import { countQuantity } from '../../units/quantity.ts'

/** One line of what a source has to say: what is wrong now, in which way it works, or what was wrong before. */
export interface SourceSentence {
  readonly kind: 'message' | 'warning' | 'note' | 'past'
  readonly text: string
}

const classes: Readonly<Record<SourceSentence['kind'], string>> = {
  message: '',
  warning: 'text-warning',
  note: 'text-soft',
  past: 'text-faint',
}

/** What the source `name` has to say, a line each. */
export function SourceWords(props: {
  readonly name: string
  readonly sentences: readonly SourceSentence[]
}): ReactElement {
  return (
    <ul
      aria-label={say('agents.sourceWords', { source: props.name })}
      className="grid max-w-[70rem] grid-cols-[minmax(0,1fr)] gap-0.5 wrap-anywhere whitespace-pre-line"
    >
      {props.sentences.map(({ kind, text }) => (
        <li key={text} className={classes[kind]}>
          {text}
        </li>
      ))}
    </ul>
  )
}

/** What is wrong now, the notes, then what was wrong before, each once; `work` is absent for an older agent. */
export function listSentences(
  message: string,
  work: SourceWork | undefined,
  nowMs: number,
): readonly SourceSentence[] {
  const current = message === '' ? [] : [{ kind: 'message' as const, text: message }]
  if (work === undefined) return current
  const past = listPast([work.errors, work.warnings], message).map((problem) => ({
    kind: 'past' as const,
    text: say(problem.count === 1 ? 'agents.toldOnce' : 'agents.toldOften', {
      count: countQuantity(problem.count).number,
      age: durationText(nowMs - problem.lastAt),
      message: problem.message,
    }),
  }))
  const notes = work.notes.map((text) => ({ kind: kindOfNote(text), text }))
  return [...current, ...notes, ...past]
}

/** A source may run well and still have something to warn of: it says so itself. */
function kindOfNote(text: string): SourceSentence['kind'] {
  return text.startsWith('warning: ') ? 'warning' : 'note'
}

/** Sentences heard before, each once, without the one that holds now. */
function listPast(lists: readonly ProblemList[], current: string): ProblemList['newest'] {
  const byMessage = new Map(
    lists.flatMap(({ newest }) => newest.map((problem) => [problem.message, problem] as const)),
  )
  byMessage.delete(current)
  return [...byMessage.values()]
}
