import { Worker } from 'node:worker_threads'
import { backOffMs } from '../../../component/back-off.ts'
import type { ListenState } from '../listen/open-listeners.ts'
import type { EarlyPacket, FromWorker, WorkerStart } from '../worker-messages.ts'
import { SharedFlags } from './shared-flags.ts'
import type { WorkerOrder, WorkerReport } from './worker-protocol.ts'

export interface WorkerKeeperParts {
  /** Module that calls `runWorker`. */
  readonly url: URL
  /** All that a worker starts with, as it stands now, but the flags. */
  readonly describeStart: () => Omit<WorkerStart, 'flags'>
  readonly maxConnections: number
  /** First pause after a fault, in milliseconds. */
  readonly retryBaseMs: number
  /** A worker that takes longer to stop is ended without having told all. */
  readonly stopWithinMs: number
  /** Makes the worker look at its flags and orders. */
  readonly wake: (worker: Worker) => void
  /** The worker is ready: what came before, which nobody else reads from now on. */
  readonly takeEarly: () => readonly EarlyPacket[]
  readonly onMessage: (message: FromWorker) => void
  /** Where the worker listens by itself. */
  readonly onListening: (states: readonly ListenState[]) => void
  /** The worker has ended, and another may be started. */
  readonly onRest: () => void
  /** Closes a descriptor that a failed worker has left open. */
  readonly closeDescriptor: (descriptor: number) => void
}

const ownEnd = 'the thread that receives has ended by itself'
const maxRetryFactor = 30
/** After so long a life a fault counts as the first again. */
const longLifeMs = 60_000

/** Starts the worker when it is wanted, starts it again after a fault, and stops it. There is one at a time. */
export class WorkerKeeper {
  readonly #parts: WorkerKeeperParts
  #worker: Worker | undefined
  #flags: SharedFlags = SharedFlags.create(0)
  #isStopping = false
  #hasToldAll = false
  #fault: string | undefined
  #failures = 0
  #startedMs = 0
  #pause: NodeJS.Timeout | undefined
  /** Orders that the next worker is to begin with. */
  #pending: readonly WorkerOrder[] = []
  #ended = Promise.withResolvers<void>()

  constructor(parts: WorkerKeeperParts) {
    this.#parts = parts
  }

  get isRunning(): boolean {
    return this.#worker !== undefined
  }

  /** Does nothing while there is a worker, after a fault until the pause is over, and at the end. */
  start(): void {
    if (this.#worker !== undefined || this.#pause !== undefined || this.#isStopping) return
    const { url, describeStart, maxConnections } = this.#parts
    this.#flags = SharedFlags.create(maxConnections)
    this.#ended = Promise.withResolvers()
    this.#hasToldAll = false
    this.#fault = undefined
    this.#startedMs = performance.now()
    const workerData: WorkerStart = { ...describeStart(), flags: this.#flags.buffer }
    try {
      this.#worker = new Worker(url, { workerData, name: 'dogstatsd' })
      this.#follow(this.#worker)
    } catch (error) {
      // No thread can be made, as when the user may have no more of them.
      this.#fault = String(Object(error).message)
      this.#end()
    }
  }

  /** Tells the worker. While there is none, it is started for what cannot wait for the first packet. */
  tell(order: WorkerOrder): void {
    if (this.#worker !== undefined) this.#post(this.#worker, order)
    else if (order.kind === 'stats') this.#parts.onMessage({ ...order, stats: [] })
    else if (order.kind === 'capture' || order.kind === 'replayed-processes') {
      this.#pending = [...this.#pending.filter(({ kind }) => kind !== order.kind), order]
      this.start()
    } else if (order.kind === 'end-capture') {
      this.#pending = this.#pending.filter(({ kind }) => kind !== 'capture')
    }
  }

  /** Resolves when the worker has told all that was received, or cannot. */
  async stop(): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#pause)
    const worker = this.#worker
    if (worker === undefined) return
    this.#letGo()
    const timer = setTimeout(() => void worker.terminate(), this.#parts.stopWithinMs)
    await this.#ended.promise
    clearTimeout(timer)
  }

  #follow(worker: Worker): void {
    worker.on('message', (report: WorkerReport) => this.#take(worker, report))
    worker.on('error', (error) => {
      this.#fault = String(Object(error).message)
    })
    worker.on('exit', () => this.#end())
    // Waiting in a call, it would keep the process from ending.
    process.on('exit', this.#letGo)
  }

  #post(worker: Worker, order: WorkerOrder): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is of windows
    worker.postMessage(order)
    this.#parts.wake(worker)
  }

  readonly #letGo = (): void => {
    this.#flags.stop()
    if (this.#worker !== undefined) this.#parts.wake(this.#worker)
  }

  #take(worker: Worker, report: WorkerReport): void {
    if (report.kind === 'listening') {
      this.#parts.onListening(report.states)
      return
    }
    if (report.kind === 'ready') {
      // First, so that what came before is captured too.
      for (const order of this.#pending) this.#post(worker, order)
      this.#pending = []
      this.#post(worker, { kind: 'packets', packets: this.#parts.takeEarly() })
    }
    if (report.kind === 'stopped') this.#hasToldAll = true
    this.#parts.onMessage(report)
  }

  #end(): void {
    process.off('exit', this.#letGo)
    this.#worker = undefined
    for (const descriptor of this.#flags.takeDescriptors()) this.#parts.closeDescriptor(descriptor)
    this.#ended.resolve()
    if (!this.#hasToldAll) {
      this.#parts.onMessage({ kind: 'failed', message: this.#fault ?? ownEnd })
    }
    if (this.#isStopping) return
    if (this.#hasToldAll) this.#rest()
    else this.#restAfterFault()
  }

  #restAfterFault(): void {
    const hasLivedLong = performance.now() - this.#startedMs > longLifeMs
    this.#failures = hasLivedLong ? 1 : this.#failures + 1
    const { retryBaseMs: baseMs } = this.#parts
    const pauseMs = backOffMs(this.#failures, { baseMs, maxMs: baseMs * maxRetryFactor })
    this.#pause = setTimeout(() => this.#rest(), pauseMs).unref()
  }

  #rest(): void {
    this.#pause = undefined
    this.#parts.onRest()
    if (this.#pending.length > 0) this.start()
  }
}
