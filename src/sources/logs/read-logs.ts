import { runs } from '../../component/runs.ts'
import type { SourceContext } from '../../component/source.ts'
import { LogsParts } from './logs-parts.ts'

const passEveryMs = 1000
/** Part of the time to stop after which what is told may not be taken any more. */
const tellingShare = 0.9

/** Until the source is to stop. */
export async function readLogs(context: SourceContext): Promise<void> {
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
    if (clock() - stoppedAtMs < context.stopWithinMs * tellingShare) await emit(ledgers)
  }
}
