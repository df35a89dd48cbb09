import {
  askEvents,
  findEvent,
  type EventsRequest,
  type EventsResult,
  type StoredEvent,
} from './ask-events.ts'
import {
  askHappeningCounts,
  type HappeningCountsRequest,
  type HappeningCountsResult,
} from './ask-happening-counts.ts'
import { askHappenings, type HappeningsRequest, type HappeningsResult } from './ask-happenings.ts'
import {
  askServiceChecks,
  type CheckState,
  type ServiceChecksRequest,
} from './ask-service-checks.ts'
import type { HappeningStore } from './read-happened.ts'
import { shareAnswers } from './share-answers.ts'

/** Events, service checks, and all that happened. Each throws `QuestionError` for what cannot be answered. */
export interface Happenings {
  readonly listEvents: (request: EventsRequest) => Promise<EventsResult>
  readonly findEvent: (id: bigint) => Promise<StoredEvent | undefined>
  readonly listServiceChecks: (request: ServiceChecksRequest) => Promise<readonly CheckState[]>
  /** Equal questions within a second are put to the store once, as those of `count` are. */
  readonly list: (request: HappeningsRequest) => Promise<HappeningsResult>
  readonly count: (request: HappeningCountsRequest) => Promise<HappeningCountsResult>
}

const sharedMs = 1000

/** Opens what a store knows of events, service checks and what else happened. */
export function openHappenings(store: HappeningStore): Happenings {
  const { read } = store
  return {
    listEvents: (request) => askEvents(read, request),
    findEvent: (id) => findEvent(read, id),
    listServiceChecks: (request) => askServiceChecks(read, request),
    list: shareAnswers((request) => askHappenings(store, request), sharedMs),
    count: shareAnswers((request) => askHappeningCounts(store, request), sharedMs),
  }
}
