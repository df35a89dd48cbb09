import type { AlertType } from '../../model/event.ts'
import type { CheckStatus } from '../../model/service-check.ts'

/** How the protocol writes the type of a metric: gauge, count, histogram, distribution, set, timing. */
export const metricSymbols = ['g', 'c', 'h', 'd', 's', 'ms'] as const

export type MetricSymbol = (typeof metricSymbols)[number]

/** One message, as a line of a packet tells it; nothing is looked up or made up that the line does not say. */
export type Message = MetricMessage | EventMessage | ServiceCheckMessage

/** Samples of one metric. */
export type MetricMessage = NumbersMessage | SetMessage

export interface NumbersMessage extends MetricFields {
  readonly type: Exclude<MetricSymbol, 's'>
  /** In their order, at least one, all finite. */
  readonly values: readonly number[]
}

export interface SetMessage extends MetricFields {
  readonly type: 's'
  /** What is counted once for each interval; may hold `:`. */
  readonly member: string
}

interface MetricFields extends CommonFields {
  readonly kind: 'metric'
  readonly name: string
  /** Above 0 and at most 1: what part of all samples was sent. */
  readonly sampleRate: number
  /** Unix time in seconds: what stood behind `T`. */
  readonly timestampS?: number | undefined
}

/** Something that happened, `_e{…}`. */
export interface EventMessage extends CommonFields, HappeningFields {
  readonly kind: 'event'
  readonly title: string
  readonly text: string
  readonly aggregationKey?: string | undefined
  readonly sourceType?: string | undefined
  readonly priority: 'normal' | 'low'
  readonly alertType: AlertType
}

/** Whether a service answers, `_sc|…`. */
export interface ServiceCheckMessage extends CommonFields, HappeningFields {
  readonly kind: 'service-check'
  readonly name: string
  readonly status: CheckStatus
  readonly message?: string | undefined
}

interface HappeningFields {
  /** Unix time in seconds: what stood behind `d:`. */
  readonly timestampS?: number | undefined
  /** What stood behind `h:`; it goes before the tag `host`. */
  readonly host?: string | undefined
}

/** Fields that every message may have. */
export interface CommonFields extends OriginFields {
  /** As they came, without empty ones; those with a meaning of their own are among them (`splitMagicTags()`). */
  readonly tags: readonly string[]
}

/** What a client tells of where it runs. */
export interface OriginFields {
  /** What stood behind `c:`; `parseLocalData()` reads it. */
  readonly localData?: string | undefined
  /** What stood behind `e:`; `parseExternalData()` reads it. */
  readonly externalData?: string | undefined
  /** What stood behind `card:`; not checked. */
  readonly cardinality?: string | undefined
}

/** Why a line is no message. */
export interface MessageFault {
  readonly kind: 'fault'
  /** What it would have been, by how it begins. */
  readonly of: Message['kind']
  readonly reason: FaultReason
  /** What was seen and what is wrong, with at most 100 characters of the line. */
  readonly sentence: string
}

export type FaultReason =
  | 'name-missing'
  | 'value-missing'
  | 'value-malformed'
  | 'type-missing'
  | 'type-unknown'
  | 'rate-malformed'
  | 'time-malformed'
  | 'header-malformed'
  | 'title-empty'
  | 'body-short'
  | 'status-unknown'
