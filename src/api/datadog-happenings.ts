import { z } from 'zod'
import { HttpError } from '../http/http-error.ts'
import type { StoredEvent } from '../query/happenings/ask-events.ts'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { wholeNumber } from './logs-input.ts'
import {
  datadogEventSchema,
  datadogEventsSchema,
  serviceChecksSchema,
} from './schemas/datadog-reads.ts'
import { unixSeconds } from './unix-seconds.ts'

const pageLength = 1000
const maxChecks = 10_000

/** Texts with commas between them. */
const list = z
  .string()
  .max(10_000)
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''))

/**
 * What Datadog's client libraries ask about events, with Datadog's answers, and the same for service checks.
 * @see https://docs.datadoghq.com/api/latest/events/
 */
export function datadogHappeningRoutes(api: Api): readonly ApiRoute[] {
  return [eventsRoute(api), eventRoute(api), checksRoute(api)]
}

function eventsRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/v1/events',
    about: "Datadog's route: the events of a time, the newest first, 1,000 on a page.",
    input: z.object({
      query: z.object({
        start: unixSeconds.meta({ description: 'Unix seconds' }),
        end: unixSeconds.meta({ description: 'Unix seconds' }),
        priority: z.enum(['normal', 'low']).optional(),
        sources: list.default([]).meta({ description: 'One of these, separated by commas' }),
        tags: list.default([]).meta({ description: 'All of these, separated by commas' }),
        page: wholeNumber(0, 10_000).default(0),
      }),
    }),
    answer: datadogEventsSchema,
    handle: async ({ query: { start, end, page, ...rest } }) => {
      const found = await answerQuestion(() =>
        api.happenings.listEvents({
          fromMs: start * 1000,
          toMs: end * 1000 + 999,
          query: '',
          ...rest,
          limit: pageLength,
          offset: page * pageLength,
        }),
      )
      return { events: found.events.map(toDatadogEvent), status: 'ok' as const }
    },
  })
}

function eventRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/v1/events/{id}',
    about: "Datadog's route: one event, by its `id` or its `id_str`.",
    input: z.object({
      params: z.object({
        id: z.string().regex(/^\d{1,19}$|^1\d{19}$/, 'expected an id of digits'),
      }),
    }),
    answer: datadogEventSchema,
    handle: async ({ params: { id } }) => {
      const event = await answerQuestion(() => api.happenings.findEvent(BigInt(id)))
      if (event !== undefined) return { event: toDatadogEvent(event), status: 'ok' as const }
      throw new HttpError(404, `Cannot find event ${id}: it is not there, or not kept any longer`)
    },
  })
}

function checksRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/v1/check_run',
    about:
      'What each service check said last of each host and set of tags. Datadog has no such route; the names are those of what is posted here.',
    input: z.object({
      query: z.strictObject({
        check: z.string().min(1).max(200).optional().meta({ description: 'Its name' }),
        tags: list.default([]).meta({ description: 'All of these, separated by commas' }),
      }),
    }),
    answer: serviceChecksSchema,
    handle: async ({ query: { check, tags } }) => {
      const states = await answerQuestion(() =>
        api.happenings.listServiceChecks({ name: check, tags, limit: maxChecks }),
      )
      return states.map((state) => ({
        check: state.name,
        status: state.status,
        timestamp: Math.floor(state.timeMs / 1000),
        host_name: state.host,
        message: state.message,
        tags: state.tags,
      }))
    },
  })
}

function toDatadogEvent(event: StoredEvent): z.input<typeof datadogEventSchema>['event'] {
  return {
    id: Number(BigInt.asUintN(53, BigInt(event.id))),
    id_str: event.id,
    title: event.title,
    text: event.text,
    date_happened: Math.floor(event.timeMs / 1000),
    alert_type: event.alertType,
    priority: event.priority,
    source_type_name: event.source,
    host: event.host,
    tags: event.tags,
  }
}
