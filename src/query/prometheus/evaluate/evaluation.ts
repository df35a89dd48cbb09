import type { Budget } from '../budget.ts'
import type { PrometheusStore } from '../samples/sample-source.ts'
import type { TimeModifier } from '../language/promql.ts'

/** What the work on one question has in common. */
export interface Evaluation {
  readonly store: PrometheusStore
  readonly budget: Budget
  /** The first and the last moment of the whole question, Unix milliseconds. */
  readonly startMs: number
  readonly endMs: number
  /** How long a sample counts as the newest, when that is asked for. */
  readonly lookbackMs?: number | undefined
}

/** The moment that `@` names, Unix milliseconds; undefined where each moment has its own. */
export function fixedMoment(
  { at }: TimeModifier,
  { startMs, endMs }: Evaluation,
): number | undefined {
  if (at === 'start') return startMs
  return at === 'end' ? endMs : at
}
