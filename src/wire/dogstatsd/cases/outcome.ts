import type {
  EventMessage,
  FaultReason,
  Message,
  MessageFault,
  NumbersMessage,
  ServiceCheckMessage,
  SetMessage,
} from '../message.ts'

/** What comes of one line: a message, or why it is none. */
export type Outcome = Message | Pick<MessageFault, 'kind' | 'of' | 'reason'>

/** A packet, as text in UTF-8 or as bytes, what comes of its lines, and what the case is about. */
export type DatagramCase = readonly [
  datagram: string | Uint8Array,
  outcome: Outcome | readonly Outcome[],
  about: string,
]

const noFields = {
  tags: [],
  localData: undefined,
  externalData: undefined,
  cardinality: undefined,
} as const

const noTimes = { kind: 'metric', sampleRate: 1, timestampS: undefined } as const

type Numbers = (
  name: string,
  value: number | readonly number[],
  fields?: Partial<NumbersMessage>,
) => NumbersMessage

/** Metrics with one value or several; sent always, without tags, unless `fields` says otherwise. */
export const count: Numbers = metricOf('c')
export const gauge: Numbers = metricOf('g')
export const histogram: Numbers = metricOf('h')
export const timing: Numbers = metricOf('ms')
export const distribution: Numbers = metricOf('d')

function metricOf(type: NumbersMessage['type']): Numbers {
  return (name, value, fields = {}) => {
    const values = typeof value === 'number' ? [value] : value
    return { ...noFields, ...noTimes, name, type, values, ...fields }
  }
}

/** A member of a set. */
export function set(name: string, member: string, fields: Partial<SetMessage> = {}): SetMessage {
  return { ...noFields, ...noTimes, name, type: 's', member, ...fields }
}

/** An event of normal priority, for information. */
export function event(
  title: string,
  text: string,
  fields: Partial<EventMessage> = {},
): EventMessage {
  return {
    ...noFields,
    kind: 'event',
    title,
    text,
    priority: 'normal',
    alertType: 'info',
    timestampS: undefined,
    host: undefined,
    aggregationKey: undefined,
    sourceType: undefined,
    ...fields,
  }
}

/** A service check. */
export function check(
  name: string,
  status: ServiceCheckMessage['status'],
  fields: Partial<ServiceCheckMessage> = {},
): ServiceCheckMessage {
  return {
    ...noFields,
    kind: 'service-check',
    name,
    status,
    timestampS: undefined,
    host: undefined,
    message: undefined,
    ...fields,
  }
}

export function badMetric(reason: FaultReason): Outcome {
  return { kind: 'fault', of: 'metric', reason }
}

export function badEvent(reason: FaultReason): Outcome {
  return { kind: 'fault', of: 'event', reason }
}

export function badCheck(reason: FaultReason): Outcome {
  return { kind: 'fault', of: 'service-check', reason }
}

/** Bytes of a text in which each character is one byte. */
export function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'latin1')
}
