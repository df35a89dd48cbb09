import { HttpError } from '../http/http-error.ts'

/** Runs costly work a few pieces at a time. */
export type HashQueue = <Result>(work: () => Promise<Result>) => Promise<Result>

/** How much of it may run, and wait. */
export interface HashQueueLimits {
  readonly running: number
  readonly waiting: number
}

/**
 * Makes a queue, so that a flood of sign-ins takes no more of the machine than a few of them.
 * The queue throws {HttpError} 503 when too many wait already.
 */
export function createHashQueue({
  running: maxRunning,
  waiting: maxWaiting,
}: HashQueueLimits): HashQueue {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= maxRunning) {
      if (waiting.length >= maxWaiting) throw tooBusy()
      // Whoever ends hands its place on.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}

function tooBusy(): HttpError {
  return new HttpError(
    503,
    'Cannot check a password now: too many are being checked already; try again in a few seconds',
    { 'retry-after': '5' },
  )
}
