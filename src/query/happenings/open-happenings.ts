import {
  askEvents,
  findEvent,
  type EventsRequest,
  type EventsResult,
  type StoredEvent,
} from './ask-events.ts'
import {
  askServiceChecks,
  type CheckState,
  type ServiceChecksRequest,
} from './ask-service-checks.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** Events and service checks. Each throws `QuestionError` for what cannot be answered. */
export interface Happenings {
  readonly listEvents: (request: EventsRequest) => Promise<EventsResult>
  readonly findEvent: (id: bigint) => Promise<StoredEvent | undefined>
  readonly listServiceChecks: (request: ServiceChecksRequest) => Promise<readonly CheckState[]>
}

/** Opens what a store knows of events and service checks. */
export function openHappenings(client: ReadClient): Happenings {
  return {
    listEvents: (request) => askEvents(client, request),
    findEvent: (id) => findEvent(client, id),
    listServiceChecks: (request) => askServiceChecks(client, request),
  }
}
