import type { Payload } from './forwarder.ts'

/** A payload that waits, and what came of it so far. */
export interface Entry {
  readonly payload: Payload
  /** Grows with the time at which it was handed over, also over restarts. */
  readonly sequence: number
  /** Unix milliseconds at which it was handed over. */
  readonly atMs: number
  /** Tries that came to nothing. */
  failures: number
  /** Of these, those that the destination answered with a fault of its own. */
  serverErrors: number
  /** Failures with others of its route taken since the one before: something is wrong with it alone. */
  failuresAlone: number
  /** Of these, those that the destination answered with a fault of its own. */
  serverErrorsAlone: number
  /** How many of its route had been taken when it failed last. */
  takenBefore: number | undefined
  /** Not to be sent before. */
  notBeforeMs: number
}

/** One that was never tried. */
export function makeEntry(payload: Payload, sequence: number, atMs: number): Entry {
  return {
    payload,
    sequence,
    atMs,
    failures: 0,
    serverErrors: 0,
    failuresAlone: 0,
    serverErrorsAlone: 0,
    takenBefore: undefined,
    notBeforeMs: 0,
  }
}
