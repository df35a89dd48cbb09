import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import type { Counters } from '../counters.ts'
import type { FromWorker, ToWorker } from '../worker-messages.ts'
import type { PacketReader } from './packet-reader.ts'

/**
 * What the receiving worker needs of whatever adds samples up. It is called from one thread, never again while a call is
 * under way, and never waits. The worker owns the clock: intervals end when it says so.
 */
export interface Aggregation extends PacketReader {
  /**
   * The interval that is open ends here, and the one that starts at `startS` (Unix time, seconds, a multiple of 10) begins.
   * Called once before the first packet, then at each boundary, also when nothing came; when the machine slept, intervals
   * may be missing between two calls. Takes the same time for any number of contexts; what is closed waits for `drain`.
   */
  readonly switchBucket: (startS: number) => void
  /**
   * Makes messages of at most `maxContexts` contexts of closed intervals, for `takeMessages`. Called again and again between
   * two receptions.
   * @returns Whether there is more.
   */
  readonly drain: (maxContexts: number) => boolean
  /**
   * What is to be told beside the worker, in its order, each message once; empty most of the time, and cheap then. Asked for
   * after each round of reception. The worker transfers the buffers of the typed arrays in it, so they must not be used again.
   */
  readonly takeMessages: () => readonly FromWorker[]
  /** Takes in `tag-sets`, and `stats`, to which it answers through `takeMessages`; other messages it leaves alone. */
  readonly tell: (message: ToWorker) => void
  /** Whether nothing would be missed if the worker ended now: no context, nothing to drain, no message to take. */
  readonly isEmpty: boolean
  /**
   * The last call of all but `takeMessages`: drains all that is closed, and, if it is to be included, the interval that is
   * open. Takes some ten milliseconds at most.
   */
  readonly closeAll: (shouldIncludeOpen: boolean) => void
}

/** What an aggregation is made of. */
export interface AggregationParts {
  readonly settings: DogstatsdSettings
  readonly counters: Counters
  readonly senders: Senders
  /** Unix time in milliseconds. */
  readonly clock: () => number
}

/** What the numbers in `PacketPlace.sender` stand for. */
export interface Senders {
  /**
   * Id of the container; to be asked while a packet with that number is read: it may be forgotten afterwards. A number is
   * never given to another container.
   */
  readonly containerOf: (sender: number) => string | undefined
}

/** Makes one; called in the worker, once in its life. */
export type CreateAggregation = (parts: AggregationParts) => Aggregation
