import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import { say, sayCount } from '../messages/events.ts'
import { countQuantity } from '../units/quantity.ts'
import { durationText, exactDurationText } from '../units/duration.ts'
import { exitMeaning } from './exit-meaning.ts'
import type { BurstSummary, Step } from './summarise-burst.ts'

/** Steps that a line names; what else a burst holds is seen when it is opened. */
const mostSteps = 5
const secondMs = 1000

/** What happened, in a few words: without the container, which has a column of its own, and without how long it ran. */
function eventWords(row: HappeningRow): string {
  const { kind, action, container, title } = row
  if (kind === 'exit') return exitWords(row)
  if (kind === 'oom') return say('events.oom')
  if (kind === 'health') return healthWords(action)
  if (container === null || kind !== 'engine' || action === 'more') return title
  return action.replaceAll('_', ' ')
}

/** The words of one row: {@link eventWords}, and how long the run lasted where that is known. */
export function rowWords(row: HappeningRow): string {
  const words = eventWords(row)
  if (row.ranMs === null) return words
  return say('events.after', { what: words, duration: exactDurationText(row.ranMs) })
}

/** The words of a burst: a loop of restarts as one, anything else step by step. */
export function burstWords(summary: BurstSummary): string {
  const { restarts, spanMs, lastEnd } = summary
  if (restarts < 2) return withSpan(stepWords(summary.steps), spanMs)
  const times = sayCount('events.restarted', restarts)
  const loop = say('events.restartedIn', { what: times, span: spanText(spanMs) })
  if (lastEnd === undefined) return loop
  return say('events.lastEnd', { what: loop, end: rowWords(lastEnd) })
}

/** What an exit code means, in a sentence; empty where the row has none. */
export function exitExplanation({ exitCode, action }: HappeningRow): string {
  if (action === 'oom_killed') return say('events.explain.oom')
  if (exitCode === null) return ''
  const meaning = exitMeaning(exitCode)
  if (meaning === undefined) return say('events.explain.own')
  if (meaning.kind !== 'signal') return say(`events.explain.${meaning.kind}`)
  const { signal, number } = meaning
  return signal === 'SIGKILL'
    ? say('events.explain.kill')
    : say('events.explain.signal', { signal, number })
}

function exitWords({ exitCode, action }: HappeningRow): string {
  if (exitCode === null) return say('events.exited')
  if (action === 'oom_killed') return say('events.exitedOom', { code: exitCode })
  const meaning = exitMeaning(exitCode)
  if (meaning === undefined || meaning.kind === 'success') {
    return say('events.exitedWith', { code: exitCode })
  }
  const short = meaning.kind === 'signal' ? meaning.signal : say(`events.meaning.${meaning.kind}`)
  return say('events.exitedMeaning', { code: exitCode, meaning: short })
}

function healthWords(action: string): string {
  if (action === 'healthy' || action === 'unhealthy' || action === 'health_status') {
    return say(`events.action.${action}`)
  }
  return action
}

function stepWords(steps: readonly Step[]): string {
  const words = steps.slice(0, mostSteps).map(({ row, count }) => {
    const what = count === 1 ? rowWords(row) : eventWords(row)
    return count === 1 ? what : say('events.times', { what, count: countQuantity(count).number })
  })
  const text = words.join(', ')
  return steps.length > mostSteps ? say('events.more', { what: text }) : text
}

function withSpan(what: string, spanMs: number): string {
  return spanMs < secondMs ? what : say('events.within', { what, span: spanText(spanMs) })
}

/** A span that ends where the last row stands reads as begun, not as over. */
function spanText(spanMs: number): string {
  return durationText(Math.ceil(spanMs / secondMs) * secondMs)
}
