import type { HttpRoute } from '../http/route.ts'
import { decodeEvents } from '../wire/datadog-events/decode-events.ts'
import type { HostMetadata } from '../wire/datadog-metadata/read-host-metadata.ts'
import { defineIntakeRoute } from './define-intake-route.ts'
import { judgeTime, type Intake } from './intake.ts'
import { normaliseHost, normaliseTags } from './normalise.ts'

const maxTitleLength = 500
const maxTextLength = 8000

/** `POST /intake/`: events, and host metadata; what else agents send there is taken, counted and left aside. */
export function eventsRoute(intake: Intake): HttpRoute {
  return defineIntakeRoute(intake, {
    path: '/intake/',
    mediaTypes: ['application/json', 'text/json'],
    answer: { status: 'ok' },
    accept: async (body) => {
      const nowMs = intake.clock()
      const { events, metadata, otherKeys } = decodeEvents(body, nowMs)
      if (otherKeys.length > 0) intake.counts.add('unkept.intake', 1)
      if (metadata !== undefined) takeHostMetadata(intake, metadata)
      const good = events.filter(({ timeMs }) => judgeTime(timeMs, intake, nowMs) === 'good')
      intake.counts.add('events', good.length)
      intake.counts.add('events_dropped.time', events.length - good.length)
      if (good.length === 0) return
      await intake.store.write({
        events: good.map((event) => ({
          ...event,
          title: event.title.slice(0, maxTitleLength),
          text: event.text.slice(0, maxTextLength),
          host: normaliseHost(event.host),
          tags: normaliseTags(event.tags),
        })),
      })
    },
  })
}

function takeHostMetadata(intake: Intake, metadata: HostMetadata): void {
  const host = normaliseHost(metadata.host)
  const isTaken = intake.live.agents.takeDatadogHost({
    ...metadata,
    host,
    tags: normaliseTags(metadata.tags),
  })
  intake.counts.add(isTaken ? 'host_metadata' : 'host_metadata_dropped.too_many_agents', 1)
}
