import type { Source, SourceContext } from '../component/source.ts'
import type { SourceReport } from '../model/agent-report.ts'
import type { Item } from '../model/item.ts'
import { countedContext } from '../pipeline/counted-context.ts'

/** How a source that is checked is run. */
export interface CheckPlan {
  /** Runs that have to hand on something. */
  readonly times: number
  /** Between two runs. */
  readonly pauseMs: number
  /** Runs that are still missing after this long do not come any more. */
  readonly limitMs: number
}

/** What a source gave while it was checked. */
export interface CheckResult {
  readonly items: readonly Item[]
  /** Runs that handed on something. */
  readonly fullRuns: number
  readonly report: SourceReport
}

/**
 * Runs one source by itself until enough of its runs have handed on something: the first may be too early for it to know
 * anything yet. Ends sooner when the source does, when the signal of `context` aborts, or at the limit. A source that
 * fails is not started again; its fault is among the errors of the report. Never rejects.
 */
export async function checkSource(
  source: Source<unknown>,
  config: unknown,
  { plan, context }: { readonly plan: CheckPlan; readonly context: SourceContext },
): Promise<CheckResult> {
  const { telemetry } = context
  const items: Item[] = []
  const enough = new AbortController()
  const limit = AbortSignal.timeout(plan.limitMs)
  const signal = AbortSignal.any([context.signal, enough.signal, limit])
  let fullRuns = 0
  let itemsBefore = 0
  const watched = countedContext(source.name, {
    ...context,
    signal,
    telemetry: {
      ...telemetry,
      beginRun(name, timeMs) {
        itemsBefore = items.length
        telemetry.beginRun(name, timeMs)
      },
      endRun(name) {
        telemetry.endRun(name)
        if (items.length > itemsBefore) fullRuns += 1
        if (fullRuns >= plan.times) enough.abort()
      },
    },
    emit: async (batch) => {
      items.push(...batch)
    },
  })
  telemetry.setSource(source.name, {})
  try {
    await source.run(withInterval(config, plan.pauseMs), watched)
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    telemetry.setSource(source.name, { state: 'backoff', message: fault })
    telemetry.setSource(source.name, { state: 'stopped' })
  }
  const report = telemetry.snapshot().sources.find(({ name }) => name === source.name)
  if (report === undefined) throw new Error(`Cannot find the report of ${source.name}`)
  return { items, fullRuns, report }
}

/** Every source calls the time between two runs `interval`, in milliseconds. */
function withInterval(config: unknown, intervalMs: number): unknown {
  const hasInterval = typeof config === 'object' && config !== null && 'interval' in config
  return hasInterval ? { ...config, interval: intervalMs } : config
}
