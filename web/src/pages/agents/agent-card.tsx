import { useId, type ReactElement } from 'react'

import type { AgentRow } from '../../../../src/api/contract/agents.ts'
import { Badge } from '../../elements/badge.tsx'
import { say } from '../../messages/agents.ts'
import { percentQuantity, quantityText } from '../../units/quantity.ts'
import { bytesText } from '../../units/scaled-bytes.ts'
import { AgentFacts } from './agent-facts.tsx'
import type { Trouble } from './agent-health.ts'
import type { AgentItem } from './arrange-agents.ts'
import { EndpointTable } from './endpoint-table.tsx'
import { SourceTable } from './source-table.tsx'
import type { Works } from './use-works.ts'

interface AgentCardProps {
  readonly item: AgentItem
  readonly isOpen: boolean
  readonly onToggle: () => void
  /** What its sources have done, once that is known. */
  readonly works?: Works | undefined
}

/** One agent: a line that says how it does and what it costs; open, all that is known of it. */
export function AgentCard(props: AgentCardProps): ReactElement {
  const { item, isOpen, onToggle, works } = props
  const { agent, health } = item
  const bodyId = useId()
  return (
    <li className="agent" data-open={isOpen || undefined}>
      <h3>
        <button
          type="button"
          className="agent-head"
          aria-expanded={isOpen}
          aria-controls={isOpen ? bodyId : undefined}
          onClick={onToggle}
        >
          <span className="agent-name" title={agent.host}>
            <span aria-hidden="true" className="inline-block w-4 font-normal text-faint">
              {isOpen ? '▾' : '▸'}
            </span>
            {agent.host}
          </span>
          <Badge tone={health.tone} text={health.text} />
          <span className="agent-kind">
            {say(`agents.kind.${agent.kind}`)} {agent.version}
          </span>
          <Cost agent={agent} />
        </button>
      </h3>
      {isOpen && (
        <div id={bodyId}>
          <Troubles troubles={health.troubles} />
          <AgentFacts agent={agent} />
          {agent.endpoints.length > 0 && <EndpointTable endpoints={agent.endpoints} />}
          {agent.kind === 'vigie' && <SourceTable sources={agent.sources} works={works} />}
        </div>
      )}
    </li>
  )
}

/** CPU and memory of the agent itself; a Datadog Agent does not tell. */
function Cost({ agent }: { readonly agent: AgentRow }): ReactElement {
  const { kind, cpuRatio, rssBytes } = agent
  if (kind === 'datadog') return <span className="agent-cost text-faint">–</span>
  return (
    <span className="agent-cost">
      <span>{quantityText(percentQuantity(cpuRatio * 100))}</span>
      <span>{bytesText(rssBytes)}</span>
    </span>
  )
}

function Troubles({ troubles }: { readonly troubles: readonly Trouble[] }): ReactElement | null {
  if (troubles.length === 0) return null
  return (
    <ul aria-label={say('agents.troubles')} className="grid gap-1 border-t border-line px-4 py-2.5">
      {troubles.map(({ tone, text }) => (
        <li key={text} data-tone={tone} className="border-l-[3px] border-(--tone) pl-2.5">
          {text}
        </li>
      ))}
    </ul>
  )
}
