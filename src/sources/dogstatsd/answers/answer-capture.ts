import { setTimeout as sleep } from 'node:timers/promises'
import {
  ControlError,
  type ControlAnswer,
  type ControlLine,
  type ControlQuestion,
} from '../../../component/control.ts'
import type { Tagger } from '../../../component/tagger.ts'
import type { Captured } from '../worker-messages.ts'
import { createCaptureFile, readCapturePlan, type CapturePlan } from './capture-plan.ts'
import { describeSenders, finishCapture } from './finish-capture.ts'
import type { HeldWorker, WorkerLink } from './worker-link.ts'

/** What a capture is made with. */
export interface CaptureParts {
  readonly link: WorkerLink
  readonly tagger: Tagger
  /** Where captures go for which no folder is named. */
  readonly folder: string
  /** Aborts when the source stops: a capture then ends, without being compressed. */
  readonly signal: AbortSignal
  readonly clock: () => number
  /** How often it is told how far a capture is. */
  readonly tellEveryMs?: number
}

/** How far a capture is, as whoever asked is told. */
export interface CaptureProgress extends Record<string, unknown> {
  readonly path: string
  readonly maxBytes: number
  readonly packets: number
  readonly bytes: number
  readonly leftMs: number
  readonly isOver: boolean
  /** Why it ended early, or is not as it was wanted. */
  readonly fault?: string
}

const defaultTellEveryMs = 1000
/** The worker closes a file within milliseconds. */
const closeMs = 2000

/**
 * Captures packets for `duration_ms` to a file in `folder`, `compressed` unless that is `false`, one capture at a time. It ends
 * early with the parameter `end` in another question, when whoever asked is gone, and when the file is as long as it may be.
 */
export function createCaptureAnswer(parts: CaptureParts): ControlAnswer {
  let running: AbortController | undefined
  async function* capture(question: ControlQuestion): AsyncGenerator<ControlLine> {
    if (running !== undefined) throw new ControlError('A capture is running already')
    const plan = readCapturePlan(question)
    running = new AbortController()
    try {
      const left = AbortSignal.any([
        running.signal,
        question.signal,
        parts.signal,
        AbortSignal.timeout(plan.durationMs),
      ])
      yield* captureUntil(left, plan, parts)
    } finally {
      running = undefined
    }
  }
  async function* end(): AsyncGenerator<ControlLine> {
    if (running === undefined) throw new ControlError('No capture is running')
    running.abort()
    yield { isEnding: true }
  }
  return (question) => (question.parameters.has('end') ? end() : capture(question))
}

async function* captureUntil(
  left: AbortSignal,
  plan: CapturePlan,
  parts: CaptureParts,
): AsyncGenerator<CaptureProgress> {
  const { link, clock, tellEveryMs = defaultTellEveryMs } = parts
  const file = await createCaptureFile(plan, parts.folder, clock())
  const endMs = clock() + plan.durationMs
  const worker = await link.hold()
  const written = new WrittenCapture(worker, file, left)
  try {
    while (!written.isOver) {
      yield { ...file, ...written.figures, leftMs: Math.max(0, endMs - clock()), isOver: false }
      await sleep(tellEveryMs, undefined, { signal: written.over }).catch(() => {})
    }
    await written.closed(closeMs)
  } finally {
    worker.release()
  }
  const { figures, containerIds } = written
  const state = describeSenders(containerIds, parts.tagger, plan.durationMs)
  const finish = { path: file.path, state, isCompressed: plan.isCompressed, signal: parts.signal }
  yield { ...file, ...figures, leftMs: 0, ...(await finishCapture(finish)), isOver: true }
}

/** The packets of a capture, as the worker writes them. */
class WrittenCapture {
  /** Aborts when the capture is to end, or has. */
  readonly over: AbortSignal
  readonly #worker: HeldWorker
  readonly #closed = new AbortController()
  readonly #stopListening: () => void
  #last: Pick<Captured, 'packets' | 'bytes' | 'fault' | 'containerIds'> = { packets: 0, bytes: 0 }

  constructor(
    worker: HeldWorker,
    { path, maxBytes }: { readonly path: string; readonly maxBytes: number },
    left: AbortSignal,
  ) {
    this.#worker = worker
    this.over = AbortSignal.any([left, worker.ended, this.#closed.signal])
    this.#stopListening = worker.onReport((report) => {
      if (report.kind !== 'captured') return
      this.#last = report
      if (report.isOver) this.#closed.abort()
    })
    worker.tell({ kind: 'capture', path, maxBytes })
    const end = (): void => worker.tell({ kind: 'end-capture' })
    // At once, though whoever asked may be slow to take the next line.
    if (this.isOver) end()
    else this.over.addEventListener('abort', end, { once: true })
  }

  get isOver(): boolean {
    return this.over.aborted
  }

  get figures(): { packets: number; bytes: number; fault?: string } {
    const { packets, bytes } = this.#last
    const fault = this.#findFault()
    return { packets, bytes, ...(fault !== undefined && { fault }) }
  }

  get containerIds(): ReadonlyMap<number, string> {
    return this.#last.containerIds ?? new Map()
  }

  /** Resolves when the worker has closed the file, or will not do so any more. */
  async closed(patienceMs: number): Promise<void> {
    const signal = AbortSignal.any([this.#closed.signal, this.#worker.ended])
    await sleep(patienceMs, undefined, { signal, ref: false }).catch(() => {})
    this.#stopListening()
    this.#closed.abort()
  }

  #findFault(): string | undefined {
    if (this.#last.fault !== undefined) return this.#last.fault
    return this.#worker.ended.aborted ? 'The worker of DogStatsD ended' : undefined
  }
}
