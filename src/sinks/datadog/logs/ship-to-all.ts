import type { LogVerdict } from '../../../component/log-delivery.ts'
import type { FinalVerdict, Payload } from '../../forwarder/forwarder.ts'
import type { LogDestination } from './log-destination.ts'

/**
 * Sends lines to every destination that is not too far behind; at least one that is reliable is always asked.
 * @returns `stored` as soon as one of the reliable ones has them, `refused` once none of these ever will.
 * @throws {StoppedError} When the agent stops before that is known.
 * @see `pkg/logs/sender` of the Datadog Agent, for when a line counts as delivered
 */
export function shipToAll(
  payload: Payload,
  destinations: readonly LogDestination[],
): Promise<LogVerdict> {
  const isAnyReliable = destinations.some(({ isReliable }) => isReliable)
  // Where none is called reliable all are.
  const counts = (one: LogDestination): boolean => one.isReliable || !isAnyReliable
  const areAllBehind = destinations.filter(counts).every(({ isBehind }) => isBehind)
  const verdicts: Promise<FinalVerdict>[] = []
  for (const destination of destinations) {
    const mayWait = counts(destination) && areAllBehind
    if (destination.isBehind && !mayWait) {
      destination.leaveOut(payload)
      continue
    }
    const verdict = destination.deliver(payload)
    if (counts(destination)) verdicts.push(verdict)
    // Nobody waits for the others.
    else verdict.catch(() => {})
  }
  return firstStored(verdicts)
}

function firstStored(verdicts: readonly Promise<FinalVerdict>[]): Promise<LogVerdict> {
  return new Promise((resolve, reject) => {
    for (const verdict of verdicts)
      verdict.then(
        ({ kind }) => kind === 'taken' && resolve('stored'),
        () => {},
      )
    // Once all have spoken and none has it: what one of them does not know is not refused.
    Promise.all(verdicts).then(
      () => resolve('refused'),
      (error: unknown) => {
        void Promise.allSettled(verdicts).then(() => reject(error))
      },
    )
  })
}
