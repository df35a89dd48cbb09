import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { defineSink, type SinkContext } from '../../component/sink.ts'
import type { Batch, Item } from '../../model/item.ts'
import type { FinalVerdict } from './judge-answer.ts'
import { openLogOutlet } from './logs/open-log-outlet.ts'
import { makePayloads } from './make-payloads.ts'
import { Outage } from './outage.ts'
import { PayloadQueue, type Payload } from './payload-queue.ts'
import { createPoster } from './post.ts'
import { sendPayloads } from './send-payloads.ts'

/** All sources read at the same moment: what they give within this time goes in the same requests. */
const gatherMs = 30

/**
 * Requests on their way at a time. The server answers once it has written, which takes half a second where it gathers;
 * waiting for each answer would make the page lag behind.
 */
const maxOnTheWay = 8

export default defineSink({
  name: 'server',
  about:
    'Sends everything, each second, to a Vigie server; keeps it in memory while the server is away',
  config: z.strictObject({}),
  async run(_config, input, context) {
    const queue = new PayloadQueue(context.bufferBytes)
    const poster = createPoster(context.serverUrl, {
      apiKey: context.apiKey,
      timeoutMs: context.timeoutMs,
      version: context.environment.version,
      connections: maxOnTheWay,
    })
    const inputEnded = new AbortController()
    const sending = sendPayloads({
      queue,
      poster,
      outage: new Outage(context, {
        what: 'what is collected',
        meanwhile: 'it is kept and sent later',
      }),
      maxOnTheWay,
      inputEnded: inputEnded.signal,
      deadline: context.deadline,
      onVerdict(payload, verdict) {
        context.telemetry.setBufferedBytes(queue.sizeBytes)
        if (verdict.kind === 'refused') countRefused(payload, verdict, context)
      },
    })
    try {
      for await (const items of gather(input)) await keep(items, queue, context)
    } finally {
      inputEnded.abort()
      queue.interrupt()
      await sending
      poster.close()
      countUndelivered(queue, context)
      context.telemetry.setBufferedBytes(0)
    }
  },
  openLogs: (_config, context) => openLogOutlet(context),
})

function countRefused(
  { route, count }: Payload,
  { status, reason }: FinalVerdict & { kind: 'refused' },
  { telemetry }: SinkContext,
): void {
  telemetry.countDropped(`server.refused_${status}`, count)
  telemetry.log.error(
    { route, status, items: count },
    `The server refused a payload for good: ${reason.slice(0, 300)}`,
  )
}

/** Nobody will ask for the counters any more: the log says it. */
function countUndelivered(queue: PayloadQueue, { telemetry, serverUrl }: SinkContext): void {
  const count = queue.takeAll().reduce((sum, payload) => sum + payload.count, 0)
  if (count === 0) return
  telemetry.countDropped('server.undelivered_at_stop', count)
  telemetry.log.warn(
    `The server ${serverUrl} did not take the last ${count} points and events before the stop`,
  )
}

/** Puts batches that come close together into one, which is yielded `gatherMs` after the first of them. */
async function* gather(input: AsyncIterable<Batch>): AsyncGenerator<Batch, void, void> {
  const batches = input[Symbol.asyncIterator]()
  let next = batches.next()
  for (;;) {
    const first = await next
    if (first.done === true) return
    const items: Item[] = [...first.value]
    next = batches.next()
    const windowEnds = sleep(gatherMs, 'ended' as const)
    for (;;) {
      const more = await Promise.race([next, windowEnds])
      if (more === 'ended' || more.done === true) break
      items.push(...more.value)
      next = batches.next()
    }
    yield items
  }
}

async function keep(
  batch: Batch,
  queue: PayloadQueue,
  { environment, telemetry }: SinkContext,
): Promise<void> {
  const payloads = await makePayloads(batch, environment.hostname).catch((error: unknown) => {
    telemetry.countDropped('server.unencodable', batch.length)
    telemetry.log.error({ items: batch.length }, `Cannot encode a batch: ${String(error)}`)
    return []
  })
  for (const payload of payloads) {
    for (const { count } of queue.push(payload)) telemetry.countDropped('server.buffer_full', count)
  }
  telemetry.setBufferedBytes(queue.sizeBytes)
}
