import { once } from 'node:events'
import { z } from 'zod'
import { defineSource, type SourceContext } from '../../component/source.ts'

export default defineSource({
  name: 'logs',
  about: 'Log lines of containers, files and ports, as `logs_config` and `conf.d` ask for them',
  config: z.strictObject({}),
  async run(_config, context) {
    if (context.signal.aborted) return
    const reason = whyIdle(context)
    if (reason !== undefined) {
      await idle(reason, context)
      return
    }
    // Loaded when it runs: every command loads this file, for the configuration.
    const { readLogs } = await import('./read-logs.ts')
    if (!context.signal.aborted) await readLogs(context)
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
