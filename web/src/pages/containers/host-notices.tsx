import type { ReactElement, ReactNode } from 'react'

import type { AgentSummary } from '../../../../src/api/contract/agents.ts'
import { agentKey, useHostAgents } from '../../data/hosts.ts'
import { addressOf } from '../../data/search.ts'
import { InnerLink } from '../../elements/inner-link.tsx'
import { Notice } from '../../elements/notice.tsx'
import { say, sayCount } from '../../messages/message.ts'
import { clockText } from '../../units/clock.ts'

/** More than these are told together, so that they do not hide the table. */
const mostAlone = 2
const mostNames = 5

/** Hosts whose containers are missing or old, while other hosts' are shown. */
export function HostNotices({ hasRows }: { readonly hasRows: boolean }): ReactElement {
  const agents = useHostAgents()
  const away = agents.filter((agent) => agent.away)
  const blind = agents.filter((agent) => !agent.away && agent.engine?.reachable === false)
  return (
    <div data-above-table className="sticky left-0 w-[100cqw]">
      <Notices
        agents={away}
        together="engine.manyAway"
        tell={({ host, reportedAt }) => say('engine.away', { host, time: clockText(reportedAt) })}
      />
      <Notices
        agents={hasRows ? blind : []}
        together="engine.manyBlind"
        tell={({ host, engine }) => (
          <>
            <span className="font-semibold">{say('engine.title', { host })}</span>
            <span>{engine?.message}</span>
          </>
        )}
      />
    </div>
  )
}

function Notices(props: {
  readonly agents: readonly AgentSummary[]
  readonly together: 'engine.manyAway' | 'engine.manyBlind'
  readonly tell: (agent: AgentSummary) => ReactNode
}): ReactElement {
  const { agents, together, tell } = props
  if (agents.length > mostAlone) {
    return (
      <Notice tone="warning">
        <span>{sayCount(together, agents.length, { hosts: namesText(agents) })}</span>
        <InnerLink href={addressOf('/agents', { sort: 'state' })} className="underline">
          {say('engine.toAgents')}
        </InnerLink>
      </Notice>
    )
  }
  return (
    <>
      {agents.map((agent) => (
        <Notice key={agentKey(agent)} tone="warning">
          {tell(agent)}
        </Notice>
      ))}
    </>
  )
}

function namesText(agents: readonly AgentSummary[]): string {
  const names = agents.map(({ host }) => host)
  const first = names.slice(0, mostNames).join(', ')
  if (names.length <= mostNames) return first
  return sayCount('engine.andMore', names.length - mostNames, { hosts: first })
}
