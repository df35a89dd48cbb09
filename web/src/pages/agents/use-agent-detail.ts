import type { AgentList, AgentRow, AgentSummary } from '../../../../src/api/contract/agents.ts'
import { agentKey } from '../../data/hosts.ts'
import { useLink } from '../../data/live.ts'
import { useRequest } from '../../data/request.ts'

const everyMs = 2000

/** What the live stream leaves out of an agent. */
export interface AgentDetail {
  /** `undefined` until the first answer; of a moment in the past nothing of it is kept. */
  readonly row: AgentRow | undefined
  readonly isLoading: boolean
  /** Why there is no answer, in one sentence. */
  readonly problem: string | undefined
}

/** All that an agent has done; asked for while it is shown and the page is live. */
export function useAgentDetail(agent: AgentSummary): AgentDetail {
  const isPast = useLink().kind === 'past'
  const isLive = useLink().kind === 'live'
  const path = `/api/agents?host=${encodeURIComponent(agent.host)}`
  const { data, error } = useRequest<AgentList>(path, { isEnabled: isLive, everyMs })
  const row = data?.agents.find((other) => agentKey(other) === agentKey(agent))
  return {
    row: isPast ? undefined : row,
    isLoading: isLive && data === undefined && error === null,
    problem: isLive && row === undefined ? error?.message : undefined,
  }
}
