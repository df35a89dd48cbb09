import type { DogstatsdSettings, DogstatsdTransport } from '../../component/dogstatsd-settings.ts'
import type { AlertType } from '../../model/event.ts'
import type { CheckStatus } from '../../model/service-check.ts'
import type { MetricType } from './metric-type.ts'

/**
 * Where samples come from, as it was told: which container that is, and its tags, is found out beside the worker. 0 stands
 * for samples that tell nothing of their origin.
 */
export interface Origin {
  readonly id: number
  /** Id of the container that the sending process was in, by its credentials. */
  readonly senderContainerId?: string
  /** What stood behind `c:`. */
  readonly localData?: string
  /** What stood behind `e:`. */
  readonly externalData?: string
  /** What stood behind `card:`, or in the tag `dd.internal.card`. */
  readonly cardinality?: string
  /** Value of the tag `dd.internal.entity_id`. */
  readonly entityId?: string
}

/** One name with one set of tags from one origin: what samples are added up by. */
export interface Context {
  readonly id: number
  readonly type: MetricType
  /** With the rules of the configuration applied. */
  readonly name: string
  /** Sorted, each once, without those that mean something else; with those of the mapper. */
  readonly tags: readonly string[]
  /** Value of the tag `host`; absent where there was none. */
  readonly host?: string
  readonly originId: number
}

/**
 * What became of one interval, or of a part of its contexts. Contexts whose names, hosts and tags are the same, since their
 * origins have the same tags, are one here, under the id of one of them.
 */
export interface ClosedPart {
  readonly kind: 'closed'
  /** Start of the interval in Unix time, seconds. */
  readonly startS: number
  /** Whether this is the last part of the interval. */
  readonly isLast: boolean
  /** Contexts but distributions. */
  readonly contextIds: Int32Array
  /**
   * Their values, one behind the other: the sum of a count (divided by nothing yet), the value of a gauge, the size of a set, and for a
   * histogram one for each of `histogram.aggregates` (for `count` the number of values), then one for each of `histogram.percentiles`.
   */
  readonly values: Float64Array
  readonly sketches: SketchColumns
}

/** Distributions of one interval. */
export interface SketchColumns {
  readonly contextIds: Int32Array
  /** Four for each: count, min, max, sum. */
  readonly summaries: Float64Array
  /** Bins of sketch `i` are those from `ends[i - 1]` (0 for the first) up to `ends[i]`. */
  readonly ends: Int32Array
  readonly keys: Int16Array
  readonly counts: Uint32Array
}

/** Samples of counts and gauges that came with their time; they are handed on as they are. */
export interface TimedSamples {
  readonly kind: 'timed'
  readonly contextIds: Int32Array
  /** Unix time, seconds. */
  readonly timesS: Float64Array
  readonly values: Float64Array
}

/** An event as it came; its origin is still to be looked up. */
export interface ReceivedEvent {
  readonly kind: 'event'
  readonly originId: number
  /** Unix time, milliseconds: what the client told, else when it came. */
  readonly timeMs: number
  readonly title: string
  readonly text: string
  readonly alertType: AlertType
  readonly priority: 'normal' | 'low'
  readonly aggregationKey: string
  readonly sourceType: string
  readonly host?: string
  readonly tags: readonly string[]
}

/** A service check as it came. */
export interface ReceivedCheck {
  readonly kind: 'check'
  readonly originId: number
  readonly timeMs: number
  readonly name: string
  readonly status: CheckStatus
  readonly message: string
  readonly host?: string
  readonly tags: readonly string[]
}

/** A message that could not be read: at most so many a second are told, all are counted. */
export interface Complaint {
  /** What was seen, what is allowed; one sentence without the message's own text beyond 100 characters. */
  readonly sentence: string
  readonly reason: string
}

/** What the worker tells. Contexts and origins come before what refers to them. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'origins'; readonly origins: readonly Origin[] }
  | { readonly kind: 'contexts'; readonly contexts: readonly Context[] }
  /** Their ids may be given anew afterwards. */
  | { readonly kind: 'forgotten'; readonly contextIds: Int32Array; readonly originIds: Int32Array }
  | ClosedPart
  | TimedSamples
  | {
      readonly kind: 'happenings'
      readonly happenings: readonly (ReceivedEvent | ReceivedCheck)[]
    }
  | { readonly kind: 'complaints'; readonly complaints: readonly Complaint[] }
  /** Metrics with most contexts among those that found no room, the worst first. */
  | { readonly kind: 'offenders'; readonly offenders: readonly Offender[] }
  | { readonly kind: 'stats'; readonly question: number; readonly stats: readonly ContextStats[] }
  /** Each second while a capture runs, and once when it is over. */
  | Captured
  /** The worker failed; it ends. */
  | { readonly kind: 'failed'; readonly message: string }
  /** All that was received has been told; the worker ends. */
  | { readonly kind: 'stopped' }

/** How far a capture is. */
export interface Captured {
  readonly kind: 'captured'
  readonly packets: number
  /** Length of the file. */
  readonly bytes: number
  /** Whether the file is closed: nothing more is written. */
  readonly isOver: boolean
  /** Why it is over before it was told to end. */
  readonly fault?: string
  /** Once it is over: the containers of the processes whose packets were written. */
  readonly containerIds?: ReadonlyMap<number, string>
}

export interface Offender {
  readonly name: string
  /** Contexts that it has, and samples of it that found no room. */
  readonly contexts: number
  readonly dropped: number
}

export interface ContextStats {
  readonly contextId: number
  /** Samples since the context was made. */
  readonly count: number
  /** Unix time, milliseconds; as exact as the interval. */
  readonly lastSeenMs: number
}

/** What the worker is told, besides `stop`, which is a flag that it sees at once. */
export type ToWorker =
  /** Origins with the same number have the same tags; an origin that was never told has number 0, no tags. */
  | { readonly kind: 'tag-sets'; readonly originIds: Int32Array; readonly tagSetIds: Int32Array }
  | { readonly kind: 'stats'; readonly question: number }
  /** The file is there, with its header; packets are added at its end until it has `maxBytes`. */
  | { readonly kind: 'capture'; readonly path: string; readonly maxBytes: number }
  | { readonly kind: 'end-capture' }
  /** Packets that came before the worker was there. */
  | { readonly kind: 'packets'; readonly packets: readonly EarlyPacket[] }
  /** Which container a process of a replayed capture was in. */
  | { readonly kind: 'replayed-processes'; readonly containerIds: ReadonlyMap<number, string> }

export interface EarlyPacket {
  readonly transport: DogstatsdTransport
  /** Process that sent it; 0 where that is not known. */
  readonly pid: number
  /** Whether the number is that of a capture that is replayed. */
  readonly isReplayed?: boolean
  readonly bytes: Uint8Array
}

/** What the worker starts with. Descriptors belong to the process: whoever opened them closes them after the worker's end. */
export interface WorkerStart {
  readonly settings: DogstatsdSettings
  readonly procRoot: string
  /** Absent where the C library cannot be called: the worker then listens by `node:dgram` and `node:net` itself. */
  readonly sockets?: OpenSockets
  /** `receive/shared-flags.ts` says what is in it. */
  readonly flags: SharedArrayBuffer
  /** `counters.ts` says which is which. */
  readonly counters: SharedArrayBuffer
}

/** Descriptors of bound sockets, non-blocking; absent where that transport is off. */
export interface OpenSockets {
  readonly udp?: number
  readonly uds?: number
  readonly udsStream?: number
  /** Connected to where packets are copied to; absent while there is no such place. */
  readonly forward?: number
  /** Becomes readable when the worker is to look at its flags and messages. */
  readonly wake: number
  /** `net.unix.max_dgram_qlen` at the time the socket was made. */
  readonly udsQueueLength: number
}
