import type { PastAnswer } from '../../../src/api/contract/past.ts'
import { fetchJson } from '../data/request.ts'

/** A moment, Unix seconds, and how much of what follows is wanted: nothing where `seconds` is 0. */
export interface PastQuestion {
  readonly atS: number
  readonly seconds: number
  /** Seconds between two ticks; the answer may be coarser. */
  readonly stepS: number
}

/** Asks for a piece of the past. */
export type AskPast = (question: PastQuestion, signal: AbortSignal) => Promise<PastAnswer>

/**
 * What the table was at a moment, and what changed in it afterwards.
 * @throws {RequestError} If there is no answer.
 */
export function askPast(question: PastQuestion, signal: AbortSignal): Promise<PastAnswer> {
  const { atS, seconds, stepS } = question
  const more = seconds === 0 ? '' : `&seconds=${seconds}&step=${stepS}`
  return fetchJson<PastAnswer>(`/api/past?at=${atS}${more}`, signal)
}
