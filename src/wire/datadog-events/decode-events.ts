import { z } from 'zod'
import { listOf, recordOf } from '../json-lists.ts'
import type { AlertType, Event } from '../../model/event.ts'
import {
  metadataKeys,
  readHostMetadata,
  type HostMetadata,
} from '../datadog-metadata/read-host-metadata.ts'
import { parseJson } from '../parse-json.ts'

/** What one body of `/intake/` holds. */
export interface IntakePayload {
  readonly events: readonly Event[]
  /** What the agent says of its host; undefined in a body of other contents. */
  readonly metadata: HostMetadata | undefined
  /** Keys of contents that are none of both, such as the agent's checks, which have no place here. */
  readonly otherKeys: readonly string[]
}

const event = z.object({
  msg_title: z.string().nullish(),
  msg_text: z.string().nullish(),
  timestamp: z.number().nullish(),
  priority: z.string().nullish(),
  host: z.string().nullish(),
  tags: listOf(z.string()).nullish(),
  alert_type: z.string().nullish(),
  aggregation_key: z.string().nullish(),
  source_type_name: z.string().nullish(),
})
const body = z.looseObject({
  events: recordOf(listOf(event).nullable()).nullish(),
  internalHostname: z.string().nullish(),
})

const alertTypes: ReadonlySet<string> = new Set<AlertType>(['error', 'warning', 'info', 'success'])
const ownKeys = new Set(['events', 'internalHostname', 'apiKey'])

/**
 * Reads the JSON body of `/intake/`: events by source type, or host metadata, and what else the agent sends there. An event without a time
 * is of now, one without a host of the agent's host.
 * @throws {WireError} Naming the first event that does not fit.
 * @see datadog.md C.2
 */
export function decodeEvents(bytes: Uint8Array, nowMs: number): IntakePayload {
  const payload = parseJson(bytes, body, 'the events')
  const host = payload.internalHostname ?? ''
  const events = Object.entries(payload.events ?? {}).flatMap(([source, list]) =>
    (list ?? []).map((one) => toEvent(one, { source, host, timeMs: nowMs })),
  )
  const metadata = readHostMetadata(payload)
  const isPlaced = (key: string): boolean =>
    ownKeys.has(key) || (metadata !== undefined && metadataKeys.has(key))
  return { events, metadata, otherKeys: Object.keys(payload).filter((key) => !isPlaced(key)) }
}

function toEvent(
  one: z.output<typeof event>,
  missing: Pick<Event, 'source' | 'host' | 'timeMs'>,
): Event {
  return {
    kind: 'event',
    title: one.msg_title ?? '',
    text: one.msg_text ?? '',
    timeMs: one.timestamp == null ? missing.timeMs : one.timestamp * 1000,
    alertType: readAlertType(one.alert_type),
    priority: one.priority === 'low' ? 'low' : 'normal',
    aggregationKey: one.aggregation_key ?? '',
    source: one.source_type_name ?? missing.source,
    host: one.host ?? missing.host,
    tags: one.tags ?? [],
  }
}

function readAlertType(name: string | null | undefined): AlertType {
  return isAlertType(name) ? name : 'info'
}

function isAlertType(name: string | null | undefined): name is AlertType {
  return name != null && alertTypes.has(name)
}
