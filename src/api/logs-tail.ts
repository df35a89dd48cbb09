import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { eventFrame, openEventResponse } from '../http/event-response.ts'
import { HttpError } from '../http/http-error.ts'
import type { Person } from '../model/person.ts'
import type { NewLines } from '../query/logs/tail/read-new-lines.ts'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import type { LogTailRows } from './contract/logs.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { logQueryInput } from './logs-input.ts'
import { TailReader } from './logs-tail-reader.ts'
import { toLogRow } from './rows/log-row.ts'
import type { ScopedApis } from './scoped-routes.ts'

/** The stream of new lines and the way to end it. */
export interface LogTailApi {
  readonly route: ApiRoute
  readonly close: () => void
}

/** Somebody who wants to follow, and from which place on. */
interface TailOpening {
  readonly query: string
  readonly place: string | undefined
  readonly reply: FastifyReply
  readonly person: Person
}

const heartbeatMs = 15_000
const placePattern = /^\d{1,15}$/

const input = z.object({
  query: z.strictObject({
    query: logQueryInput,
    after: z
      .string()
      .regex(placePattern, 'expected `tail` of a list, or the id of an event')
      .optional()
      .meta({ description: '`tail` of a list; the header Last-Event-ID goes before it' }),
  }),
})

/**
 * `GET /api/logs/tail`: lines as they come in, to any number of readers.
 * @param apiOf Tells what a person may see.
 */
export function openLogTailApi(api: Api, apiOf: ScopedApis['apiOf']): LogTailApi {
  const readers = new Set<TailReader>()
  const frames = new WeakMap<NewLines, Buffer>()
  const heartbeat = setInterval(() => {
    for (const reader of readers) reader.keepAlive()
  }, heartbeatMs)
  heartbeat.unref()

  /** Made once for all who are given the same. */
  function frameOf(news: NewLines, takenMs: number): Buffer {
    const known = frames.get(news)
    if (known !== undefined) return known
    const data: LogTailRows = { rows: news.lines.map(toLogRow), skipped: news.skipped }
    const made = eventFrame('rows', JSON.stringify(data), String(takenMs))
    frames.set(news, made)
    return made
  }

  async function open({ query, place, reply, person }: TailOpening): Promise<void> {
    if (readers.size >= api.limits.liveStreams) {
      const sentence = `Cannot follow the logs: all ${api.limits.liveStreams} streams are taken; close another page`
      throw new HttpError(503, sentence, { 'retry-after': '5' })
    }
    const reader = new TailReader({ frameOf, waitingBytes: api.limits.liveStreamBytes })
    const afterMs = place === undefined ? undefined : Number(place)
    const followed = await answerQuestion(async () =>
      apiOf(person).logs.follow({ query, afterMs }, reader),
    )
    readers.add(reader)
    reader.start(openEventResponse(reply), followed, () => readers.delete(reader))
  }

  return {
    route: defineApiRoute({
      method: 'GET',
      path: '/api/logs/tail',
      about:
        'Server-sent events `rows`: log lines that match and came in since the event before, the newest 500 of them, and how many ' +
        'more there were (`skipped`). The id of an event, as `Last-Event-ID` or `after`, goes on from there.',
      input,
      mediaType: 'text/event-stream',
      handle: async ({ query }, reply, person) => {
        const { 'last-event-id': seen } = reply.request.headers
        const last = typeof seen === 'string' && placePattern.test(seen) ? seen : undefined
        await open({ query: query.query, place: last ?? query.after, reply, person })
      },
    }),
    close() {
      clearInterval(heartbeat)
      for (const reader of readers) reader.end()
      api.logs.close()
    },
  }
}
