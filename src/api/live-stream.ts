import { openEventStream, type EventStream, type StreamTally } from '../http/event-stream.ts'
import type { LiveSource } from '../query/live.ts'
import type { Api } from './api.ts'
import { openAgentTeller, type AgentTeller } from './agent-teller.ts'
import type { LiveAgent, LiveAgents } from './contract/live-agents.ts'
import type { LiveContainers, LiveSnapshot, LiveTick } from './contract/live.ts'
import { toContainerRow } from './rows/container-row.ts'
import type { ServerUsage } from './server-usage.ts'

export interface LiveStreamOptions {
  readonly source: LiveSource
  /** Readers of all live streams. */
  readonly tally: StreamTally
  /** What the server costs. */
  readonly usage: () => ServerUsage
  /** Called within a second after the last reader has left; never where the stream is to last. */
  readonly onIdle?: () => void
}

/** Opens a stream of all that a source tells. */
export function openLiveStream(
  api: Api,
  { source, tally, usage, onIdle }: LiveStreamOptions,
): EventStream {
  let snapshotJson: string | undefined
  const first = { event: 'snapshot', json: () => (snapshotJson ??= JSON.stringify(snapshot())) }
  const stream = openEventStream(first, api.limits, tally)
  /** Absent while nobody reads. */
  let teller: AgentTeller | undefined

  /** As they were told last, so that what is told next is all that is newer. */
  function listAgents(): readonly LiveAgent[] {
    if (teller !== undefined) return teller.told()
    teller = openAgentTeller()
    return teller.tell(source.agents()).changed
  }

  function snapshot(): LiveSnapshot {
    return {
      time: api.clock(),
      serverId: String(api.startedAtMs),
      containers: source.snapshot().map(toContainerRow),
      agents: listAgents(),
      server: usage(),
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
        teller = undefined
        onIdle?.()
        return
      }
      teller ??= openAgentTeller()
      const news = teller.tell(source.agents())
      const agents: LiveAgents = { time: api.clock(), ...news, server: usage() }
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
