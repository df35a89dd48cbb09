import { z } from 'zod'
import { HttpError } from '../http/http-error.ts'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { logRangeInput, toLogRange, wholeNumber } from './logs-input.ts'
import { toLedgerRow, toLogRow } from './rows/log-row.ts'
import {
  logContextSchema,
  logFacetsSchema,
  logHistogramSchema,
  logLedgerListSchema,
  logListSchema,
} from './schemas/logs.ts'

const orderRule = 'expected asc or desc'

/** `GET /api/logs` and the questions below it, without the stream. */
export function logRoutes(api: Api): readonly ApiRoute[] {
  return [
    listRoute(api),
    histogramRoute(api),
    facetsRoute(api),
    contextRoute(api),
    ledgerRoute(api),
  ]
}

function listRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/logs',
    about:
      'Log lines that match a query, the newest first. `next` of the answer is the `cursor` of the page that follows; with it ' +
      'the range is that of the first page.',
    input: z.object({
      query: z.strictObject({
        ...logRangeInput,
        limit: wholeNumber(1, 1000).default(200),
        order: z.enum(['asc', 'desc'], { error: orderRule }).default('desc'),
        cursor: z.string().max(200).optional(),
      }),
    }),
    answer: logListSchema,
    handle: async ({ query }) => {
      const { limit, order, cursor } = query
      const range = toLogRange(query, api.clock())
      const found = await answerQuestion(() => api.logs.list({ ...range, limit, order, cursor }))
      return {
        from: found.fromMs,
        to: found.toMs,
        rows: found.lines.map(toLogRow),
        next: found.next ?? null,
        tail: String(found.takenMs),
      }
    },
  })
}

function histogramRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/logs/histogram',
    about:
      'How many log lines match in each step of the range, by level; steps have a round length.',
    input: z.object({
      query: z.strictObject({
        ...logRangeInput,
        steps: wholeNumber(1, 200).default(100).meta({ description: 'Steps at most' }),
      }),
    }),
    answer: logHistogramSchema,
    handle: async ({ query }) => {
      const range = toLogRange(query, api.clock())
      const request = { ...range, steps: query.steps }
      const { timesMs, ...counts } = await answerQuestion(() => api.logs.histogram(request))
      return { from: range.fromMs, to: range.toMs, times: timesMs, ...counts }
    },
  })
}

function facetsRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/logs/facets',
    about: 'The most frequent values of each field among the newest log lines that match.',
    input: z.object({ query: z.strictObject(logRangeInput) }),
    answer: logFacetsSchema,
    handle: async ({ query }) => {
      const range = toLogRange(query, api.clock())
      const { facets, sampledLines } = await answerQuestion(() => api.logs.facets(range))
      return { from: range.fromMs, to: range.toMs, facets, sampledLines: sampledLines ?? null }
    },
  })
}

function contextRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/logs/context',
    about:
      'A log line among those that the same container printed before and after it, whatever file they stood in; with `before=0` ' +
      'and `after=0` the line alone.',
    input: z.object({
      query: z.strictObject({
        id: z.string().min(1).max(100),
        before: wholeNumber(0, 500).default(20),
        after: wholeNumber(0, 500).default(20),
      }),
    }),
    answer: logContextSchema,
    handle: async ({ query }) => {
      const found = await answerQuestion(() => api.logs.context(query))
      if (found === undefined) {
        throw new HttpError(404, 'Cannot show the line: it is not there, or not kept any longer')
      }
      const { lines, hasBefore, hasAfter } = found
      return { id: query.id, rows: lines.map(toLogRow), hasBefore, hasAfter }
    },
  })
}

function ledgerRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/logs/ledger',
    about:
      'What became of the log lines of a container: written by the engine, read, sent, left out, lost, and stored. The guide to logs ' +
      'tells what each number means.',
    input: z.object({
      query: z.strictObject({
        container: z
          .string()
          .regex(/^[0-9a-f]{12,64}$/, 'expected 12 to 64 lower-case hexadecimal digits of an id'),
      }),
    }),
    answer: logLedgerListSchema,
    handle: async ({ query }) => {
      const ledgers = await answerQuestion(() => api.logs.ledgers(query.container))
      return { ledgers: ledgers.map(toLedgerRow) }
    },
  })
}
