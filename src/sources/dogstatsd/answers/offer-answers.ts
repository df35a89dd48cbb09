import { join } from 'node:path'
import type { SourceContext } from '../../../component/source.ts'
import type { Counters } from '../counters.ts'
import type { Context } from '../worker-messages.ts'
import { createCaptureAnswer } from './answer-capture.ts'
import { createReplayAnswer } from './answer-replay-state.ts'
import { createStatsAnswer } from './answer-stats.ts'
import { SpikeWindow } from './spike-window.ts'
import type { WorkerLink } from './worker-link.ts'

/** What commands ask of, beside the context of the source. */
export interface AnswerParts {
  readonly link: WorkerLink
  readonly counters: Counters
  /** `undefined` once the context is forgotten. */
  readonly contextOf: (contextId: number) => Pick<Context, 'name' | 'tags'> | undefined
}

/**
 * Answers `dogstatsd-stats`, `dogstatsd-capture` and `dogstatsd-replay-state` until what is given back is called. With
 * `dogstatsd_metrics_stats_enable` a burst of samples is told to the log.
 */
export function offerAnswers(context: SourceContext, parts: AnswerParts): () => void {
  const { control, environment, tagger, signal, clock } = context
  const { link, contextOf } = parts
  const { captureDir, origin, hasStats } = environment.dogstatsd
  const folder = captureDir === '' ? join(environment.stateDir, 'dsd_capture') : captureDir
  const takeBacks = [
    control.offer('dogstatsd-stats', createStatsAnswer({ isCounting: hasStats, link, contextOf })),
    control.offer(
      'dogstatsd-capture',
      createCaptureAnswer({ link, tagger, folder, signal, clock }),
    ),
    control.offer(
      'dogstatsd-replay-state',
      createReplayAnswer({ link, tagger, isOriginDetected: origin.isDetected }),
    ),
  ]
  const watch = hasStats ? setInterval(createSpikeCheck(context, parts), 1000) : undefined
  watch?.unref()
  return () => {
    clearInterval(watch)
    for (const takeBack of takeBacks) takeBack()
  }
}

function createSpikeCheck({ telemetry }: SourceContext, { counters }: AnswerParts): () => void {
  const window = new SpikeWindow()
  return () => {
    const counts = window.next(counters.get('samples'))
    if (counts === undefined) return
    telemetry.log.warn(
      `A burst of metrics: the last seconds brought ${counts.join(', ')} samples; "vigie dogstatsd-stats" tells which`,
    )
  }
}
