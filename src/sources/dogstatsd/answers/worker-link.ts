import type { FromWorker, ToWorker } from '../worker-messages.ts'

/** The worker, for those who ask it something. */
export interface WorkerLink {
  /** `undefined` while there is none, since nobody sends anything. */
  readonly running: () => RunningWorker | undefined
  /**
   * Starts the worker where there is none, and keeps it from ending by itself.
   * @throws {ControlError} Where none can be started.
   */
  readonly hold: () => Promise<HeldWorker>
}

export interface RunningWorker {
  readonly tell: (message: ToWorker) => void
  /** Calls back with all that the worker tells; what is given back ends that. */
  readonly onReport: (listener: (report: FromWorker) => void) => () => void
  /** Aborts when the worker has ended or failed. */
  readonly ended: AbortSignal
}

export interface HeldWorker extends RunningWorker {
  /** From then on it may end when it has nothing to do. */
  readonly release: () => void
}
