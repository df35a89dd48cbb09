import { setTimeout as sleep } from 'node:timers/promises'
import { backOffMs } from '../../component/back-off.ts'
import type { SinkContext } from '../../component/sink.ts'
import { judgeAnswer } from './judge-answer.ts'
import type { Payload, PayloadQueue } from './payload-queue.ts'
import type { Poster } from './post.ts'

const backOff = { baseMs: 250, maxMs: 4000 }

/**
 * Requests on their way at a time. The server answers once it has written, which takes half a second where it gathers;
 * waiting for each answer would make the page lag behind.
 */
const maxOnTheWay = 8

/** What sending works with. */
export interface Sending {
  readonly queue: PayloadQueue
  readonly poster: Poster
  readonly context: SinkContext
  /** Aborts once nothing more comes into the queue. */
  readonly inputEnded: AbortSignal
}

/**
 * Starts payloads in their order, several on their way at a time; while the server is away only the oldest, again and
 * again. Ends when all is sent or at the deadline.
 */
export async function sendPayloads(sending: Sending): Promise<void> {
  const { queue, inputEnded, context } = sending
  const { deadline } = context
  const onTheWay = new Set<Promise<void>>()
  const outage = new Outage(context)
  deadline.addEventListener('abort', () => queue.interrupt(), { once: true })
  while (!deadline.aborted) {
    const payload = onTheWay.size < (outage.isOn ? 1 : maxOnTheWay) ? queue.takeNext() : undefined
    if (payload !== undefined) {
      const sent = sendOne(payload, sending, outage).finally(() => onTheWay.delete(sent))
      onTheWay.add(sent)
    } else if (onTheWay.size > 0) await Promise.race([...onTheWay, queue.nextPush()])
    else if (inputEnded.aborted) return
    else await queue.nextPush()
    if (outage.isOn && onTheWay.size === 0) await outage.pause()
  }
  await Promise.all(onTheWay)
}

async function sendOne(
  payload: Payload,
  { queue, poster, context }: Sending,
  outage: Outage,
): Promise<void> {
  const verdict = judgeAnswer(await poster.post(payload, context.deadline))
  if (verdict.kind === 'retry') {
    queue.putBack(payload)
    if (!context.deadline.aborted) outage.begin(verdict.reason)
    return
  }
  outage.end()
  queue.remove(payload)
  context.telemetry.setBufferedBytes(queue.sizeBytes)
  if (verdict.kind === 'taken') return
  context.telemetry.countDropped(`server.refused_${verdict.status}`, payload.count)
  context.telemetry.log.error(
    { route: payload.route, status: verdict.status, items: payload.count },
    `The server refused a payload for good: ${verdict.reason.slice(0, 300)}`,
  )
}

/** The time in which the server cannot be reached; logged once at each end. */
class Outage {
  readonly #context: SinkContext
  #failures = 0
  #hasPaused = true

  constructor(context: SinkContext) {
    this.#context = context
  }

  get isOn(): boolean {
    return this.#failures > 0
  }

  /** Counts once for all requests that failed together. */
  begin(reason: string): void {
    if (this.#failures === 0) {
      this.#context.telemetry.log.warn(
        `Cannot deliver to the server ${this.#context.serverUrl}: ${reason}; what it misses is kept and sent later`,
      )
    }
    if (this.#hasPaused) this.#failures += 1
    this.#hasPaused = false
  }

  end(): void {
    if (this.#failures > 0) {
      this.#context.telemetry.log.info(
        `The server ${this.#context.serverUrl} takes what we send again`,
      )
    }
    this.#failures = 0
    this.#hasPaused = true
  }

  async pause(): Promise<void> {
    if (this.#hasPaused) return
    const { deadline: signal } = this.#context
    await sleep(backOffMs(this.#failures, backOff), undefined, { signal }).catch(() => {})
    this.#hasPaused = true
  }
}
