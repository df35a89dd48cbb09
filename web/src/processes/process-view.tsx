import { useState, type ReactElement } from 'react'

import type { ContainerRow } from '../../../src/api/contract/containers.ts'
import type { ProcessList } from '../../../src/api/contract/processes.ts'
import { isRunning } from '../data/live-row.ts'
import { useAgents, useBeat, useLink, useLive } from '../data/live.ts'
import { useRequest } from '../data/request.ts'
import { say, sayCount } from '../messages/container.ts'
import { durationText } from '../units/duration.ts'
import { countQuantity } from '../units/quantity.ts'
import { ProcessTable } from './process-table.tsx'
import { whyNone } from './why-none.ts'

/** As often as the agent reads them. */
const everyMs = 2000

/** What runs in a container now. That it is shown is what makes its agent read it. */
export function ProcessView({ container }: { readonly container: ContainerRow }): ReactElement {
  const { store } = useLive()
  useBeat(1000)
  const [sinceMs] = useState(() => store.nowMs())
  const isLive = useLink().kind === 'live'
  const agents = useAgents()
  const { data, error } = useRequest<ProcessList>(`/api/containers/${container.id}/processes`, {
    isEnabled: isLive && isRunning(container),
    everyMs,
  })
  if (error !== null) {
    return (
      <p role="alert" className="p-5">
        {say('processes.failed', { message: error.message })}
      </p>
    )
  }
  const nowMs = store.nowMs()
  if (data === undefined || data.readAtMs === null || !isRunning(container)) {
    const isAgentAway = agents.some(({ host, away }) => host === container.host && away)
    return (
      <p role="status" className="p-5 text-soft">
        {whyNone({ container, isAgentAway, waitedMs: nowMs - sinceMs })}
      </p>
    )
  }
  const { count, processes } = data
  const isCut = count > processes.length
  return (
    <section aria-label={say('container.processes')} className="px-3.5 py-3 sm:px-5">
      <p className="pb-2 text-soft">
        {sayCount('processes.summary', count, { age: durationText(nowMs - data.readAtMs) })}
        {isCut && ` · ${say('processes.cut', { shown: countQuantity(processes.length).number })}`}
      </p>
      <ProcessTable processes={processes} nowMs={nowMs} />
    </section>
  )
}
