import { once } from 'node:events'
import { z } from 'zod'
import { runs } from '../../component/runs.ts'
import { defineSource, type SourceContext } from '../../component/source.ts'
import { LogsParts } from './logs-parts.ts'

const passEveryMs = 1000
/** So long after the stop what is told is still taken. */
const lastTellingMs = 400

export default defineSource({
  name: 'logs',
  about: 'Log lines of containers, files and ports, as `logs_config` and `conf.d` ask for them',
  config: z.strictObject({}),
  async run(_config, context) {
    if (context.signal.aborted) return
    const reason = whyIdle(context)
    if (reason === undefined) await read(context)
    else await idle(reason, context)
  },
})

function whyIdle({ environment, logDelivery }: SourceContext): string | undefined {
  if (!environment.logs.isEnabled) return 'logs are switched off by logs_enabled'
  return logDelivery.hasReceiver ? undefined : 'no sink takes logs'
}

async function idle(reason: string, { telemetry, signal }: SourceContext): Promise<void> {
  telemetry.setSource('logs', { state: 'running', message: '', notes: [`idle: ${reason}`] })
  await once(signal, 'abort')
}

/** Until the source is to stop. */
async function read(context: SourceContext): Promise<void> {
  const { telemetry, emit, clock } = context
  const parts = await LogsParts.open(context)
  try {
    for await (const timeMs of runs('logs', passEveryMs, context)) {
      const ledgers = parts.pass(timeMs)
      telemetry.setSource('logs', parts.health())
      await emit(ledgers)
    }
  } finally {
    const stoppedAtMs = clock()
    const ledgers = await parts.close(stoppedAtMs)
    // Later nobody takes them any more; they are told anew after the next start.
    if (clock() - stoppedAtMs < lastTellingMs) await emit(ledgers)
  }
}
