import type { ReactElement } from 'react'

import { useAgents } from '../../data/live.ts'
import { Notice } from '../../elements/notice.tsx'
import { say } from '../../messages/message.ts'
import { clockText } from '../../units/clock.ts'

/** Hosts whose containers are missing or old, while other hosts' are shown. */
export function HostNotices({ hasRows }: { readonly hasRows: boolean }): ReactElement {
  const agents = useAgents()
  const away = agents.filter((agent) => agent.away)
  const blind = agents.filter((agent) => !agent.away && agent.engine?.reachable === false)
  return (
    <div data-above-table className="sticky left-0 w-[100cqw]">
      {away.map(({ host, reportedAt }) => (
        <Notice key={host} tone="warning">
          {say('engine.away', { host, time: clockText(reportedAt) })}
        </Notice>
      ))}
      {hasRows &&
        blind.map(({ host, engine }) => (
          <Notice key={host} tone="warning">
            <span className="font-semibold">{say('engine.title', { host })}</span>
            <span>{engine?.message}</span>
          </Notice>
        ))}
    </div>
  )
}
