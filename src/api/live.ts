import { openEventStream } from '../http/event-stream.ts'
import type { LiveSource } from '../query/live.ts'
import type { Api } from './api.ts'
import type { LiveAgents, LiveContainers, LiveSnapshot, LiveTick } from './contract/live.ts'
import { defineApiRoute, noInput, type ApiRoute } from './define-api-route.ts'
import { toAgentRow } from './rows/agent-row.ts'
import { toContainerRow } from './rows/container-row.ts'

/** The live stream and the way to end it. */
export interface LiveApi {
  readonly route: ApiRoute
  readonly close: () => void
}

/** `GET /api/live`: one stream for a page, each event made once for all of them. */
export function openLiveApi(api: Api, source: LiveSource): LiveApi {
  let snapshotJson: string | undefined
  const stream = openEventStream(
    {
      event: 'snapshot',
      json: () => (snapshotJson ??= JSON.stringify(snapshot())),
    },
    api.limits,
  )

  function snapshot(): LiveSnapshot {
    return {
      time: api.clock(),
      serverId: String(api.startedAtMs),
      containers: source.snapshot().map(toContainerRow),
      agents: api.listAgents().map(toAgentRow),
    }
  }

  const following = source.follow({
    onChanges: ({ ticks, changed, removedKeys }) => {
      snapshotJson = undefined
      if (changed.length > 0 || removedKeys.length > 0) {
        const news: LiveContainers = { changed: changed.map(toContainerRow), removedKeys }
        stream.send('containers', news)
      }
      for (const { timeMs, rows } of ticks) {
        const tick: LiveTick = { time: timeMs, rows }
        stream.send('tick', tick)
      }
    },
    onSecond: () => {
      snapshotJson = undefined
      if (stream.readerCount() === 0) return
      const agents: LiveAgents = { time: api.clock(), agents: api.listAgents().map(toAgentRow) }
      stream.send('agents', agents)
    },
  })

  return {
    route: defineApiRoute({
      method: 'GET',
      path: '/api/live',
      about:
        'Server-sent events: one `snapshot` of all containers and agents, then `tick` (figures of one second), ' +
        '`containers` (changed and removed ones) and `agents` (once a second).',
      input: noInput,
      mediaType: 'text/event-stream',
      handle: async (_input, reply) => stream.open(reply),
    }),
    close() {
      following.close()
      stream.close()
    },
  }
}
