import type { ReactElement } from 'react'

import { AddHost } from '../../access/add-host.tsx'
import { useAgents, useIsFilled } from '../../data/live.ts'
import { useIsAdmin } from '../../data/me.ts'
import { addressOf } from '../../data/search.ts'
import { Command } from '../../elements/command.tsx'
import { InnerLink } from '../../elements/inner-link.tsx'
import { startAgent } from '../../elements/start-commands.ts'
import { say } from '../../messages/agents.ts'
import { AgentList } from './agent-list.tsx'
import { ServerCard } from './server-card.tsx'

/** The server and each agent: how it does, what it sees, what it costs, where it sends to. */
export function AgentsPage(): ReactElement {
  const hasAgents = useAgents().length > 0
  const isFilled = useIsFilled()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-3.5 sm:p-5">
      <h1 className="sr-only">{say('page.agents')}</h1>
      <ServerCard />
      {/* Always in this place: what it shows only once is not to go because the first agent comes. */}
      {isFilled && <Actions />}
      {hasAgents ? <AgentList /> : <NoAgents isFilled={isFilled} />}
    </div>
  )
}

/** What an admin may do about agents. */
function Actions(): ReactElement | null {
  if (!useIsAdmin()) return null
  return (
    <div className="flex flex-wrap items-center gap-4">
      <AddHost />
      <InnerLink href={addressOf('/access', { tab: 'keys' })} className="underline">
        {say('agents.keys')}
      </InnerLink>
    </div>
  )
}

function NoAgents({ isFilled }: { readonly isFilled: boolean }): ReactElement {
  return (
    <div className="grid max-w-2xl gap-3" role="status">
      <p>{say(isFilled ? 'agents.none' : 'live.waiting')}</p>
      {isFilled && (
        <>
          <p className="text-soft">{say('empty.noAgentText')}</p>
          <Command text={startAgent} />
        </>
      )}
    </div>
  )
}
