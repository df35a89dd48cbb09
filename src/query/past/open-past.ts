import type { TagScope } from '../../model/person.ts'
import { QuestionError } from '../question-error.ts'
import { Turns } from '../turns.ts'
import { askPast } from './ask-past.ts'
import type { PastRequest, PastResult } from './past-answer.ts'
import { PastReader, type PastStore } from './past-reader.ts'

/** @throws {QuestionError} As `askPast`, and `busy` when too many wait already. */
export type AskPast = (request: PastRequest) => Promise<PastResult>

/** Questions about the past, by those who see everything and those who see a part. */
export interface PastQuestions {
  readonly ask: AskPast
  readonly within: (scope: TagScope) => AskPast
}

const running = 2
const waiting = 64

/** Opens them over a store. Who asks what somebody else is being told at that moment gets the same answer. */
export function openPast(store: PastStore): PastQuestions {
  const reader = new PastReader(store)
  const asked = new Map<string, Promise<PastResult>>()
  const turns = new Turns({
    running,
    waiting,
    refuse: () =>
      new QuestionError(
        'busy',
        `Cannot show the past: ${waiting} other questions wait for it already; try again`,
      ),
  })

  function ask(request: PastRequest, scope?: TagScope): Promise<PastResult> {
    const { agents: _agents, ...time } = request
    const name = JSON.stringify([time, scope])
    const same = asked.get(name)
    if (same !== undefined) return same
    const answer = turns
      .take(() => askPast(reader, request, scope))
      .finally(() => asked.delete(name))
    asked.set(name, answer)
    return answer
  }

  return {
    ask: (request) => ask(request),
    within: (scope) => (request) => ask(request, scope),
  }
}
