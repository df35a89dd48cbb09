import { z } from 'zod'
import { HttpError } from '../http/http-error.ts'
import { encodeHappeningCursor } from '../query/happenings/happening-cursor.ts'
import type { StoredHappening } from '../query/happenings/stored-happening.ts'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import type { HappeningRow } from './contract/happenings.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { wholeNumber } from './logs-input.ts'
import { happeningCountsSchema, happeningsSchema } from './schemas/happenings.ts'
import { unixSeconds } from './unix-seconds.ts'

const timeInput = {
  from: unixSeconds.meta({ description: 'Unix seconds' }),
  to: unixSeconds.meta({ description: 'Unix seconds; included' }),
  query: z.string().default('').meta({ description: 'Everything when empty' }),
}

/** `GET /api/happenings` and its counts. */
export function happeningRoutes(api: Api): readonly ApiRoute[] {
  return [listRoute(api), countsRoute(api)]
}

function listRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/happenings',
    about:
      'What happened, the newest first: what container engines told, ends of containers, changes of health and of service checks, ' +
      'events. It is searched as logs are: `kind:exit`, `container:web-*`, `image:nginx`, `status:error`, `-actor:docker`. `next` of ' +
      'the answer is the `before` of the page that follows.',
    input: z.object({
      query: z.strictObject({
        ...timeInput,
        limit: wholeNumber(1, 1000).default(200),
        before: z.string().max(100).optional(),
      }),
    }),
    answer: happeningsSchema,
    handle: async ({ query: { from, to, query, limit, before } }) => {
      const request = { ...toTime(from, to), query, limit, before }
      const { happenings, next } = await answerQuestion(() => api.happenings.list(request))
      return { happenings: happenings.map(toRow), next: next ?? null }
    },
  })
}

function countsRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/happenings/counts',
    about:
      'How much happened of what a search finds: by kind in bars of a round length, and the 20 most frequent values of each field.',
    input: z.object({
      query: z.strictObject({
        ...timeInput,
        steps: wholeNumber(1, 200).default(100).meta({ description: 'Bars at most' }),
      }),
    }),
    answer: happeningCountsSchema,
    handle: async ({ query: { from, to, query, steps } }) => {
      const request = { ...toTime(from, to), query, steps }
      const found = await answerQuestion(() => api.happenings.count(request))
      const { total, bars, facets, stepMs, fromMs } = found
      return { total, bars, facets, stepS: stepMs / 1000, fromS: fromMs / 1000 }
    },
  })
}

/** Unix milliseconds of whole seconds, the last one too. */
function toTime(fromS: number, toS: number): { fromMs: number; toMs: number } {
  if (fromS <= toS) return { fromMs: fromS * 1000, toMs: toS * 1000 + 999 }
  throw new HttpError(400, 'Cannot read the request: query.from: it is later than query.to')
}

function toRow(happening: StoredHappening): HappeningRow {
  const { key, containerId, containerName, image, ...row } = happening
  const isOfContainer = containerId !== '' || containerName !== ''
  return {
    id: encodeHappeningCursor(key),
    timeMs: key.timeMs,
    kind: row.kind,
    action: row.action,
    tone: row.tone,
    title: row.title,
    text: row.text,
    host: row.host,
    actor: row.actor,
    container: isOfContainer ? { id: containerId, name: containerName, image } : null,
    exitCode: row.exitCode,
    ranMs: row.ranMs,
    tags: row.tags,
  }
}
