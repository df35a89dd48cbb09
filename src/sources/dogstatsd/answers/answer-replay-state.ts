import { once } from 'node:events'
import {
  ControlError,
  type ControlAnswer,
  type ControlLine,
  type ControlQuestion,
} from '../../../component/control.ts'
import type { Tagger } from '../../../component/tagger.ts'
import {
  decodeState,
  type CapturedContainer,
  type CaptureState,
} from '../../../wire/dogstatsd-capture/capture-state.ts'
import type { WorkerLink } from './worker-link.ts'

/** What a replay needs of the agent. */
export interface ReplayParts {
  readonly link: WorkerLink
  readonly tagger: Tagger
  /** Whether the configuration lets origins be found by credentials. */
  readonly isOriginDetected: boolean
}

/** What a replay is told once, when the agent is ready for its packets. */
export interface ReplayReady extends Record<string, unknown> {
  readonly processes: number
  readonly containers: number
  readonly isOriginDetected: boolean
}

/**
 * Takes what stands at the end of a capture, as it is there: until whoever asked is gone, processes of the capture are in the
 * containers that they were in then, with the tags of then. Containers that run here keep their own. One replay at a time.
 */
export function createReplayAnswer({ link, tagger, isOriginDetected }: ReplayParts): ControlAnswer {
  let isRunning = false
  return async function* answer(question: ControlQuestion): AsyncGenerator<ControlLine> {
    if (isRunning) throw new ControlError('Another capture is being replayed')
    isRunning = true
    try {
      const { containerIds, containers } = await readState(question)
      const worker = await link.hold()
      const takeBack = publish(containers, tagger)
      try {
        worker.tell({ kind: 'replayed-processes', containerIds })
        const ready: ReplayReady = {
          processes: containerIds.size,
          containers: containers.length,
          isOriginDetected,
        }
        yield ready
        const over = AbortSignal.any([question.signal, worker.ended])
        if (!over.aborted) await once(over, 'abort')
        if (!question.signal.aborted) throw new ControlError('The worker of DogStatsD ended')
      } finally {
        takeBack()
        worker.release()
      }
    } finally {
      isRunning = false
    }
  }
}

async function readState({ body }: ControlQuestion): Promise<CaptureState> {
  const pieces = await Array.fromAsync(body)
  try {
    return decodeState(Buffer.concat(pieces))
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause)
    throw new ControlError(seen, { cause })
  }
}

/** @returns What lets go of them again; the tagger keeps them some minutes for what is still to be told. */
function publish(containers: readonly CapturedContainer[], tagger: Tagger): () => void {
  const takeBacks = containers.map(({ id, tags }) => {
    if (tagger.tagsOf(id, 'low') !== undefined) return () => {}
    const orchestrator = [...tags.low, ...tags.orchestrator]
    const high = [...orchestrator, ...tags.high]
    tagger.publish({ id, tags: { low: tags.low, orchestrator, high } })
    return () => {
      // Whoever sees it run may have told of it since.
      if (tagger.tagsOf(id, 'high') === high) tagger.retire(id)
    }
  })
  return () => {
    for (const takeBack of takeBacks) takeBack()
  }
}
