import { setTimeout as sleep } from 'node:timers/promises'
import { judgeAnswer, type FinalVerdict } from './judge-answer.ts'
import type { Outage } from './outage.ts'
import type { Payload, PayloadQueue } from './payload-queue.ts'
import type { Poster } from './post.ts'

/** What sending works with. */
export interface Sending {
  readonly queue: PayloadQueue
  readonly poster: Poster
  readonly outage: Outage
  /** Requests on their way at a time. */
  readonly maxOnTheWay: number
  /** Aborts once nothing more comes into the queue. */
  readonly inputEnded: AbortSignal
  /** Aborts when the time to deliver is over. */
  readonly deadline: AbortSignal
  /** It has left the queue. */
  readonly onVerdict: (payload: Payload, verdict: FinalVerdict) => void
}

/**
 * Starts payloads in their order, several on their way at a time; while the server is away only the oldest, again and
 * again. Ends when all is sent or at the deadline.
 */
export async function sendPayloads(sending: Sending): Promise<void> {
  const { queue, outage, maxOnTheWay, inputEnded, deadline } = sending
  const onTheWay = new Set<Promise<void>>()
  deadline.addEventListener('abort', () => queue.interrupt(), { once: true })
  while (!deadline.aborted) {
    const payload = onTheWay.size < (outage.isOn ? 1 : maxOnTheWay) ? queue.takeNext() : undefined
    if (payload !== undefined) {
      const sent = sendOne(payload, sending).finally(() => onTheWay.delete(sent))
      onTheWay.add(sent)
    } else if (onTheWay.size > 0) await Promise.race([...onTheWay, queue.nextPush()])
    else if (inputEnded.aborted) return
    else await queue.nextPush()
    if (onTheWay.size > 0) continue
    const pauseMs = outage.beginPause()
    if (pauseMs > 0) await sleep(pauseMs, undefined, { signal: deadline }).catch(() => {})
  }
  await Promise.all(onTheWay)
}

async function sendOne(payload: Payload, sending: Sending): Promise<void> {
  const { queue, poster, outage, deadline, onVerdict } = sending
  const verdict = judgeAnswer(await poster.post(payload, deadline))
  if (verdict.kind === 'retry') {
    queue.putBack(payload)
    if (!deadline.aborted) outage.begin(verdict.reason, verdict.pauseMs)
    return
  }
  outage.end()
  queue.remove(payload)
  onVerdict(payload, verdict)
}
