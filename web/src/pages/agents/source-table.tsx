import type { ReactElement } from 'react'

import type { AgentRow } from '../../../../src/api/contract/agents.ts'
import { useLive } from '../../data/live.ts'
import { Badge } from '../../elements/badge.tsx'
import type { Tone } from '../../elements/container-state.ts'
import { say } from '../../messages/message.ts'
import { durationText } from '../../units/duration.ts'

type Source = AgentRow['sources'][number]

const tones: Readonly<Record<Source['state'], Tone>> = {
  running: 'ok',
  degraded: 'warning',
  backoff: 'critical',
  stopped: 'off',
}

/** The sources of an agent, with what keeps any of them from running well. */
export function SourceTable({ sources }: Pick<AgentRow, 'sources'>): ReactElement {
  const { store } = useLive()
  if (sources.length === 0) {
    return <p className="border-t border-line px-4 py-3 text-soft">{say('agents.noSources')}</p>
  }
  return (
    <div className="overflow-x-auto border-t border-line">
      <table className="w-full min-w-[40rem] text-left">
        <caption className="sr-only">{say('agents.sources')}</caption>
        <thead className="text-xs text-faint">
          <tr className="*:px-4 *:py-1.5 *:font-normal">
            <th>{say('agents.sourceName')}</th>
            <th>{say('agents.sourceState')}</th>
            <th className="text-right">{say('agents.sourceLastRun')}</th>
            <th className="text-right">{say('agents.sourceRestarts')}</th>
            <th className="w-full">{say('agents.sourceMessage')}</th>
          </tr>
        </thead>
        <tbody>
          {sources.map(({ name, state, message, restarts, lastRunAt }) => (
            <tr key={name} className="border-t border-line whitespace-nowrap *:px-4 *:py-1.5">
              <td className="font-semibold">{name}</td>
              <td>
                <Badge tone={tones[state]} text={say(`source.${state}`)} />
              </td>
              <td className="text-right">
                {lastRunAt === null
                  ? say('agents.never')
                  : say('agents.ago', { age: durationText(store.nowMs() - lastRunAt) })}
              </td>
              <td className="text-right">{restarts}</td>
              <td className="whitespace-normal text-soft">{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
