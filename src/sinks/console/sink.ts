import { once } from 'node:events'
import { stdout } from 'node:process'
import { z } from 'zod'
import { defineSink } from '../../component/sink.ts'
import { openLogOutlet } from './open-log-outlet.ts'

export default defineSink({
  name: 'console',
  about: 'Prints every item and log line as one line of JSON, to look at what an agent collects',
  isEnabledByDefault: false,
  config: z.strictObject({}),
  async run(_config, input, { deadline }) {
    for await (const batch of input) {
      const lines = batch.map((item) => `${JSON.stringify(item, withLists)}\n`).join('')
      if (!stdout.write(lines) && !deadline.aborted)
        await once(stdout, 'drain', { signal: deadline }).catch(() => {})
    }
  },
  openLogs: (_config, context) => openLogOutlet(context),
})

/** Bins may be typed arrays, which would be printed as objects. */
function withLists(_key: string, value: unknown): unknown {
  return value instanceof Int16Array || value instanceof Uint32Array ? Array.from(value) : value
}
