import { useMemo } from 'react'

import type { AgentList, SourceWork } from '../../../../src/api/contract/agents.ts'
import { agentKey } from '../../data/hosts.ts'
import { useLink } from '../../data/live.ts'
import { useRequest } from '../../data/request.ts'

const everyMs = 5000

/** What the sources of one agent have done, by their names; none for those of an older agent. */
export type Works = ReadonlyMap<string, SourceWork>

/** What all sources have done, by the key of their agent; live ticks leave it out, so it is asked for. */
export function useWorks(): ReadonlyMap<string, Works> {
  const isLive = useLink().kind === 'live'
  const { data } = useRequest<AgentList>('/api/agents', { isEnabled: isLive, everyMs })
  return useMemo(
    () => new Map(data?.agents.map((agent) => [agentKey(agent), listWorks(agent.sources)])),
    [data],
  )
}

function listWorks(sources: AgentList['agents'][number]['sources']): Works {
  return new Map(sources.flatMap(({ name, work }) => (work === undefined ? [] : [[name, work]])))
}
