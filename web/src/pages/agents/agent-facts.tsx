import type { ReactElement } from 'react'

import type { AgentRow, AgentSummary } from '../../../../src/api/contract/agents.ts'
import { useLive } from '../../data/live.ts'
import { Badge } from '../../elements/badge.tsx'
import { say, sayCount } from '../../messages/agents.ts'
import { durationText, shortDurationText } from '../../units/duration.ts'
import { countQuantity, percentQuantity, quantityText } from '../../units/quantity.ts'
import { bytesText } from '../../units/scaled-bytes.ts'
import { Fact } from './fact.tsx'

interface AgentFactsProps {
  readonly agent: AgentSummary
  /** What it has done, where that is known. */
  readonly row: AgentRow | undefined
}

/** What an agent is, what it costs and what it had to drop; of a Datadog Agent what it tells by posting. */
export function AgentFacts({ agent, row }: AgentFactsProps): ReactElement {
  const { store } = useLive()
  const { kind, version, reportedAt, lagMs, hostFacts, id } = agent
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3 border-t border-line px-4 py-3">
      {kind === 'vigie' && <OwnFacts agent={agent} row={row} nowMs={store.nowMs()} />}
      <Fact label={say('agents.version')}>{version || say('agents.unknown')}</Fact>
      <Fact label={say('agents.lastReport')}>
        {say('unit.ago', { age: durationText(store.nowMs() - reportedAt) })}
      </Fact>
      {kind === 'vigie' && <Fact label={say('agents.lag')}>{shortDurationText(lagMs)}</Fact>}
      {hostFacts.cpuCount > 0 && <Fact label={say('agents.host')}>{hostText(hostFacts)}</Fact>}
      {id !== '' && (
        <Fact label={say('agents.id')}>
          <code className="font-mono text-xs break-all">{id}</code>
        </Fact>
      )}
    </dl>
  )
}

/** What only an agent of ours tells. */
function OwnFacts(props: AgentFactsProps & { readonly nowMs: number }): ReactElement {
  const { agent, row, nowMs } = props
  const { away, cpuRatio, rssBytes, pid, startedAt, engine } = agent
  return (
    <>
      {!away && (
        <Fact label={say('agents.cost')}>
          <span className="font-semibold">
            {say('agents.costText', {
              cpu: quantityText(percentQuantity(cpuRatio * 100)),
              memory: bytesText(rssBytes),
            })}
          </span>
        </Fact>
      )}
      <Fact label={say('agents.pid')}>{pid}</Fact>
      {!away && <Fact label={say('agents.up')}>{durationText(nowMs - startedAt)}</Fact>}
      {row && <Fact label={say('agents.dropped')}>{droppedText(row.dropped)}</Fact>}
      {row && <Fact label={say('agents.buffered')}>{bytesText(row.bufferedBytes)}</Fact>}
      <Engine engine={engine} />
    </>
  )
}

function Engine({ engine }: Pick<AgentSummary, 'engine'>): ReactElement {
  if (engine === null) return <Fact label={say('agents.engine')}>{say('agents.engineOff')}</Fact>
  const { endpoint, reachable, message, version } = engine
  return (
    <Fact label={say('agents.engine')}>
      <span className="flex flex-wrap gap-x-3">
        <Badge
          tone={reachable ? 'ok' : 'critical'}
          text={say(reachable ? 'engine.reachable' : 'engine.unreachable')}
        />
        <span>
          {reachable ? say('agents.engineOk', { endpoint, version: version ?? '?' }) : message}
        </span>
      </span>
    </Fact>
  )
}

function hostText(facts: AgentSummary['hostFacts']): string {
  const { cpuCount, memoryBytes, os, kernel, cgroupVersion } = facts
  return say('agents.hostText', {
    cores: sayCount('container.limitCores', cpuCount),
    memory: bytesText(memoryBytes),
    os,
    kernel,
    cgroup: cgroupVersion,
  })
}

function droppedText(dropped: AgentRow['dropped']): string {
  const reasons = Object.entries(dropped).filter(([, count]) => count > 0)
  const texts = reasons.map(([reason, count]) => `${reason} ${countQuantity(count).number}`)
  return texts.join(', ') || say('agents.droppedNone')
}
