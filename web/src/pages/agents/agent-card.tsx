import { useId, type ReactElement } from 'react'

import type { AgentSummary } from '../../../../src/api/contract/agents.ts'
import { Badge } from '../../elements/badge.tsx'
import { say } from '../../messages/agents.ts'
import { percentQuantity, quantityText } from '../../units/quantity.ts'
import { bytesText } from '../../units/scaled-bytes.ts'
import { AgentFacts } from './agent-facts.tsx'
import type { Trouble } from './agent-health.ts'
import type { AgentItem } from './arrange-agents.ts'
import { EndpointTable } from './endpoint-table.tsx'
import { SourceTable } from './source-table.tsx'
import { useAgentDetail } from './use-agent-detail.ts'

interface AgentCardProps {
  readonly item: AgentItem
  readonly isOpen: boolean
  readonly onToggle: () => void
}

/** One agent: a line that says how it does and what it costs; open, all that is known of it. */
export function AgentCard(props: AgentCardProps): ReactElement {
  const { item, isOpen, onToggle } = props
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
          <AgentBody agent={agent} />
        </div>
      )}
    </li>
  )
}

/** What it is, then what it has done: where it sends to, and its sources. */
function AgentBody({ agent }: { readonly agent: AgentSummary }): ReactElement {
  const { row, isLoading, problem } = useAgentDetail(agent)
  const note =
    problem === undefined ? say('app.loading') : say('agents.detailFailed', { message: problem })
  return (
    <>
      <AgentFacts agent={agent} row={row} />
      {(isLoading || problem !== undefined) && (
        <p className="border-t border-line px-4 py-3 text-soft">{note}</p>
      )}
      {row && row.endpoints.length > 0 && <EndpointTable endpoints={row.endpoints} />}
      {row?.kind === 'vigie' && <SourceTable sources={row.sources} />}
    </>
  )
}

/** CPU and memory of the agent itself; a Datadog Agent does not tell, and of one that is away nothing holds any more. */
function Cost({ agent }: { readonly agent: AgentSummary }): ReactElement {
  const { kind, away, cpuRatio, rssBytes } = agent
  if (kind === 'datadog' || away) return <span className="agent-cost text-faint">–</span>
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
    <ul
      aria-label={say('agents.troubles')}
      className="grid grid-cols-[minmax(0,1fr)] gap-1 border-t border-line px-4 py-2.5"
    >
      {troubles.map(({ tone, text }) => (
        <li
          key={text}
          data-tone={tone}
          className="border-l-[3px] border-(--tone) pl-2.5 wrap-anywhere whitespace-pre-line"
        >
          {text}
        </li>
      ))}
    </ul>
  )
}
