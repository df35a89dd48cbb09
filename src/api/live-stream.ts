import { openEventStream, type EventStream, type StreamTally } from '../http/event-stream.ts'
import type { LiveSource } from '../query/live.ts'
import type { Api } from './api.ts'
import type { LiveAgents, LiveContainers, LiveSnapshot, LiveTick } from './contract/live.ts'
import { toAgentRow } from './rows/agent-row.ts'
import { toContainerRow } from './rows/container-row.ts'

export interface LiveStreamOptions {
  readonly source: LiveSource
  /** Readers of all live streams. */
  readonly tally: StreamTally
  /** Called within a second after the last reader has left; never where the stream is to last. */
  readonly onIdle?: () => void
}

/** Opens a stream of all that a source tells. */
export function openLiveStream(
  api: Api,
  { source, tally, onIdle }: LiveStreamOptions,
): EventStream {
  let snapshotJson: string | undefined
  const first = { event: 'snapshot', json: () => (snapshotJson ??= JSON.stringify(snapshot())) }
  const stream = openEventStream(first, api.limits, tally)
  const listAgents = (): LiveAgents['agents'] => source.agents().map(toAgentRow)

  function snapshot(): LiveSnapshot {
    return {
      time: api.clock(),
      serverId: String(api.startedAtMs),
      containers: source.snapshot().map(toContainerRow),
      agents: listAgents(),
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
      if (stream.readerCount() === 0) {
        onIdle?.()
        return
      }
      const agents: LiveAgents = { time: api.clock(), agents: listAgents() }
      stream.send('agents', agents)
    },
  })
  return {
    ...stream,
    close() {
      following.close()
      stream.close()
    },
  }
}
