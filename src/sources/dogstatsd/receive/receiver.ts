import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import type { SocketsOpening } from '../../../libc/sockets.ts'
import type { Counters } from '../counters.ts'
import type { ListenState } from '../listen/open-listeners.ts'
import type { FromWorker, ToWorker } from '../worker-messages.ts'

export interface ReceiverOptions {
  readonly settings: DogstatsdSettings
  readonly procRoot: string
  readonly counters: Counters
  /**
   * Called with all that a worker tells. After `ready` and after `failed` nothing of what an earlier worker has told of
   * contexts and origins holds any more: another one gives its own numbers.
   */
  readonly onMessage: (message: FromWorker) => void
  /** Module that calls `runWorker`; absent: our own. */
  readonly workerUrl?: URL
  /** How the C library is called; absent: as far as this machine can. */
  readonly openSockets?: () => SocketsOpening
  /** First pause before anything is tried again, in milliseconds; 1000 when absent. */
  readonly retryBaseMs?: number
  /** A worker that takes longer to stop is ended without having told all; 450 when absent. */
  readonly stopWithinMs?: number
}

/** What the options leave open: what an agent uses. */
export const receiverDefaults = { retryBaseMs: 1000, stopWithinMs: 450 } as const

/** All that is received, from the first packet to the end of the agent. */
export interface Receiver {
  /**
   * Tells the worker. While there is none, since nobody has sent anything, `capture` and `replayed-processes` start it,
   * `stats` is answered with none, and the others have no effect.
   */
  readonly tell: (message: ToWorker) => void
  readonly describe: () => ReceiverState
  /** Resolves when all that was received has been told, and all sockets are closed: within `stopWithinMs`. */
  readonly stop: () => Promise<void>
}

/** How it stands with receiving, for the status. */
export interface ReceiverState {
  /** `recvmmsg`: many packets in one call, with credentials. `node`: one at a time, by Node's own sockets. */
  readonly way: 'recvmmsg' | 'node'
  /** Why it is not `recvmmsg`, in one sentence; empty where it is. */
  readonly reason: string
  /** Whether the worker runs: it does when something has come in the last minute. */
  readonly isAwake: boolean
  readonly sockets: readonly ListenState[]
  /** Sentences for whoever looks after the machine; each says what to do. */
  readonly warnings: readonly string[]
}
