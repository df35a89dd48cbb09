import { setTimeout as sleep } from 'node:timers/promises'
import type { Source, SourceContext } from '../component/source.ts'
import { backOffMs } from '../component/back-off.ts'
import { countedContext } from './counted-context.ts'

const backOff = { baseMs: 1000, maxMs: 30_000 }
/** A source that ran this long before it failed starts again with the shortest pause. */
const healthyAfterMs = 60_000

/**
 * Keeps one source running until its signal aborts, and counts what it emits. A source that throws, or returns by itself,
 * is started again after a growing pause; its state is told to the telemetry each time. Never throws.
 */
export async function superviseSource<Config>(
  source: Source<Config>,
  config: Config,
  context: SourceContext,
): Promise<void> {
  const { signal, telemetry } = context
  const counted = countedContext(source.name, context)
  let attempt = 0
  let restarts = 0
  while (!signal.aborted) {
    telemetry.setSource(source.name, { state: 'running', message: '', restarts })
    const startedAt = performance.now()
    const fault = await runOnce(source, config, counted)
    if (signal.aborted) break
    attempt = performance.now() - startedAt > healthyAfterMs ? 1 : attempt + 1
    restarts += 1
    const pauseMs = backOffMs(attempt, backOff)
    const message = `The source ${source.name} failed: ${fault}; it starts again by itself`
    telemetry.log.error({ source: source.name, restarts, pauseMs: Math.round(pauseMs) }, message)
    telemetry.setSource(source.name, { state: 'backoff', message, restarts })
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
  telemetry.setSource(source.name, { state: 'stopped' })
}

/** @returns What went wrong, as text. */
async function runOnce<Config>(
  source: Source<Config>,
  config: Config,
  context: SourceContext,
): Promise<string> {
  try {
    await source.run(config, context)
    return 'it ended without being told to'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
