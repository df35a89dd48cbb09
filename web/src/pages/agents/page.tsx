import type { ReactElement } from 'react'

import { useAgents, useIsFilled } from '../../data/live.ts'
import { Command } from '../../elements/command.tsx'
import { say } from '../../messages/agents.ts'
import { AgentCard } from './agent-card.tsx'
import { ServerCard } from './server-card.tsx'
import { useWorks } from './use-works.ts'

/** The server and each agent: how it does, what it sees, what it costs. */
export function AgentsPage(): ReactElement {
  const agents = useAgents()
  const isFilled = useIsFilled()
  const works = useWorks()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-3.5 sm:p-5">
      <h1 className="sr-only">{say('page.agents')}</h1>
      <ServerCard />
      {agents.map((agent) => (
        <AgentCard key={agent.host} agent={agent} works={works.get(agent.host)} />
      ))}
      {agents.length === 0 && (
        <div className="grid max-w-2xl gap-3" role="status">
          <p>{say(isFilled ? 'agents.none' : 'live.waiting')}</p>
          {isFilled && (
            <>
              <p className="text-soft">{say('empty.noAgentText')}</p>
              <Command text="vigie agent" />
            </>
          )}
        </div>
      )}
    </div>
  )
}
