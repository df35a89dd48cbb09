import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { defineSink, type SinkContext } from '../../component/sink.ts'
import type { Batch, Item } from '../../model/item.ts'
import type { Payload } from '../forwarder/forwarder.ts'
import { openForwarder } from '../forwarder/open-forwarder.ts'
import { openLogOutlet } from './logs/open-log-outlet.ts'
import { makePayloads } from './make-payloads.ts'
import { forwarderContext, serverDestination } from './server-destination.ts'

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
    'Sends everything, each second, to a Vigie server; keeps it in memory and on disk while the server is away',
  config: z.strictObject({}),
  async run(_config, input, context) {
    const destination = serverDestination('server', context)
    const forwarder = openForwarder(destination, forwarderContext(context, maxOnTheWay))
    try {
      for await (const items of gather(input))
        for (const payload of encode(items, context)) forwarder.push(payload)
    } finally {
      await forwarder.finish()
    }
  },
  openLogs: (_config, context) => openLogOutlet(context),
})

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

function encode(batch: Batch, context: SinkContext): readonly Payload[] {
  const { environment, telemetry } = context
  try {
    return makePayloads(batch, environment.hostname)
  } catch (error) {
    telemetry.countDropped('server.unencodable', batch.length)
    telemetry.log.error({ items: batch.length }, `Cannot encode a batch: ${String(error)}`)
    return []
  }
}
