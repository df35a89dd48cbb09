import { setTimeout as sleep } from 'node:timers/promises'
import { backOffMs } from '../component/back-off.ts'
import type { Sink, SinkContext } from '../component/sink.ts'
import type { Batch } from '../model/item.ts'
import type { BoundedQueue } from './bounded-queue.ts'

const backOff = { baseMs: 250, maxMs: 10_000 }

/**
 * Keeps one sink running until its queue has ended. A sink that throws is started again on the same queue; the batch it
 * held then is lost to it and counted, so a sink catches what it can. Never throws.
 */
export async function superviseSink<Config>(
  sink: Sink<Config>,
  config: Config,
  { input, context }: { input: BoundedQueue<Batch>; context: SinkContext },
): Promise<void> {
  const { telemetry, deadline } = context
  for (let attempt = 1; !deadline.aborted; attempt += 1) {
    const held = { items: 0 }
    try {
      await sink.run(config, noteHeld(input, held), context)
      return
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error)
      telemetry.log.error(
        { sink: sink.name },
        `The sink ${sink.name} failed: ${fault}; it starts again by itself`,
      )
      telemetry.countDropped(`${sink.name}.sink_failed`, held.items)
      await sleep(backOffMs(attempt, backOff), undefined, { signal: deadline }).catch(() => {})
    }
  }
}

/** Passes batches on; `held` says how many items the one has that was handed out last and is not done with. */
async function* noteHeld(
  input: AsyncIterable<Batch>,
  held: { items: number },
): AsyncGenerator<Batch, void, void> {
  for await (const batch of input) {
    held.items = batch.length
    yield batch
    held.items = 0
  }
}
