import { formatTagScope } from '../access/tag-scope.ts'
import type { EventStream } from '../http/event-stream.ts'
import type { TagScope } from '../model/person.ts'
import type { LiveSource } from '../query/live.ts'
import { narrowLiveSource } from '../query/scope/narrow-live-source.ts'
import type { Api } from './api.ts'
import type { LiveLate } from './contract/happenings.ts'
import { defineApiRoute, noInput, type ApiRoute } from './define-api-route.ts'
import { openLiveStream } from './live-stream.ts'
import { watchServerUsage } from './server-usage.ts'

/** The live streams and the way to end them. */
export interface LiveApi {
  readonly route: ApiRoute
  readonly close: () => void
}

/**
 * `GET /api/live`: one stream for all pages that may see the same, each event made once for all of them. A stream of a scope
 * lasts as long as somebody reads it.
 */
export function openLiveApi(api: Api, source: LiveSource): LiveApi {
  const common = { tally: { readers: 0 }, usage: watchServerUsage() }
  const whole = openLiveStream(api, { source, ...common })
  const narrowed = new Map<string, EventStream>()

  function streamWithin(scope: TagScope): EventStream {
    const name = formatTagScope(scope)
    const known = narrowed.get(name)
    if (known !== undefined) return known
    const stream = openLiveStream(api, {
      source: narrowLiveSource(source, scope),
      ...common,
      onIdle: () => {
        narrowed.delete(name)
        stream.close()
      },
    })
    narrowed.set(name, stream)
    return stream
  }

  const streams = (): readonly EventStream[] => [whole, ...narrowed.values()]
  const stopLate = api.followLate((fromMs) => {
    const late: LiveLate = { fromMs }
    for (const stream of streams()) stream.send('late', late)
  })

  return {
    route: defineApiRoute({
      method: 'GET',
      path: '/api/live',
      about:
        'Server-sent events: one `snapshot` of all containers and agents, then `tick` (figures of one second), ' +
        '`containers` (changed and removed ones), `agents` (once a second: changed and removed ones, figures of the others, and what the server costs) and `late` (since when ' +
        'something happened that was told only now).',
      input: noInput,
      mediaType: 'text/event-stream',
      handle: async (_input, reply, { scope }) =>
        (scope === undefined ? whole : streamWithin(scope)).open(reply),
    }),
    close() {
      stopLate()
      for (const stream of streams()) stream.close()
    },
  }
}
