import { z } from 'zod'
import type { StoredEvent } from '../query/happenings/ask-events.ts'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import type { EventRow } from './contract/happenings.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { wholeNumber } from './logs-input.ts'
import { eventsSchema } from './schemas/happenings.ts'
import { unixSeconds } from './unix-seconds.ts'

/** `GET /api/events` */
export function eventsRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/events',
    about:
      'Events that a search finds, the newest first. It is written as a search of logs: `source:docker die`, `host:web-1`, ' +
      '`status:error`, `-short_image:web`, `(die OR oom)`.',
    input: z.object({
      query: z.strictObject({
        from: unixSeconds.meta({ description: 'Unix seconds' }),
        to: unixSeconds.meta({ description: 'Unix seconds' }),
        query: z.string().default('').meta({ description: 'Every event when empty' }),
        limit: wholeNumber(1, 1000).default(100),
      }),
    }),
    answer: eventsSchema,
    handle: async ({ query: { from, to, query, limit } }) => {
      const time = { fromMs: from * 1000, toMs: to * 1000 + 999 }
      const found = await answerQuestion(() => api.happenings.listEvents({ ...time, query, limit }))
      return { events: found.events.map(toRow), isCut: found.isCut }
    },
  })
}

function toRow(event: StoredEvent): EventRow {
  const { timeMs, id, title, text, alertType, source, host, tags } = event
  return { timeMs, id, title, text, alertType, source, host, tags }
}
