import { once } from 'node:events'
import { ControlError, type ControlAnswer, type ControlLine } from '../../../component/control.ts'
import type { Context, ContextStats } from '../worker-messages.ts'
import type { RunningWorker, WorkerLink } from './worker-link.ts'

/** What the statistics are made of. */
export interface StatsParts {
  /** Whether the worker counts: `dogstatsd_metrics_stats_enable`. */
  readonly isCounting: boolean
  readonly link: WorkerLink
  /** `undefined` once the context is forgotten. */
  readonly contextOf: (contextId: number) => Pick<Context, 'name' | 'tags'> | undefined
  /** Longest wait for the worker. */
  readonly patienceMs?: number
}

const defaultPatienceMs = 5000
let lastQuestion = 0

/**
 * One line for each context in use: name, tags, samples since it came into use, when the last one came. To count them for
 * each context makes receiving dearer, by 5 ns of 67 a sample with 1,000 contexts and 40 ns of 280 with 100,000: so it has to
 * be asked for, as in the Datadog Agent.
 */
export function createStatsAnswer({
  isCounting,
  link,
  contextOf,
  patienceMs = defaultPatienceMs,
}: StatsParts): ControlAnswer {
  return async function* answer(): AsyncGenerator<ControlLine> {
    if (!isCounting) {
      throw new ControlError(
        'The agent does not count samples for each metric: set dogstatsd_metrics_stats_enable to true, or DD_DOGSTATSD_METRICS_STATS_ENABLE=true, and start it again',
      )
    }
    const worker = link.running()
    // Without a worker there is no context.
    if (worker === undefined) return
    for (const { contextId, count, lastSeenMs } of await askWorker(worker, patienceMs)) {
      const context = contextOf(contextId)
      if (context === undefined) continue
      const { name, tags } = context
      yield { id: contextId, name, tags, count, lastSeenMs }
    }
  }
}

async function askWorker(
  worker: RunningWorker,
  patienceMs: number,
): Promise<readonly ContextStats[]> {
  lastQuestion += 1
  const question = lastQuestion
  const answered = Promise.withResolvers<readonly ContextStats[]>()
  const stopListening = worker.onReport((report) => {
    if (report.kind === 'stats' && report.question === question) answered.resolve(report.stats)
  })
  const left = AbortSignal.any([worker.ended, AbortSignal.timeout(patienceMs)])
  try {
    worker.tell({ kind: 'stats', question })
    return await Promise.race([answered.promise, givenUp(left, worker, patienceMs)])
  } finally {
    stopListening()
  }
}

async function givenUp(
  left: AbortSignal,
  worker: RunningWorker,
  patienceMs: number,
): Promise<readonly ContextStats[]> {
  if (!left.aborted) await once(left, 'abort')
  if (worker.ended.aborted) return []
  throw new ControlError(`The worker of DogStatsD has not answered for ${patienceMs / 1000} s`)
}
