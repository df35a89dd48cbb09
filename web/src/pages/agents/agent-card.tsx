import type { ReactElement } from 'react'

import type { AgentRow } from '../../../../src/api/contract/agents.ts'
import { useLive } from '../../data/live.ts'
import { Badge } from '../../elements/badge.tsx'
import { say, sayCount } from '../../messages/agents.ts'
import { clockText } from '../../units/clock.ts'
import { durationText } from '../../units/duration.ts'
import { countQuantity, percentQuantity, quantityText } from '../../units/quantity.ts'
import { bytesText } from '../../units/scaled-bytes.ts'
import { Fact } from './fact.tsx'
import { SourceTable } from './source-table.tsx'
import type { Works } from './use-works.ts'

interface AgentCardProps {
  readonly agent: AgentRow
  /** What its sources have done, once that is known. */
  readonly works?: Works | undefined
}

/** One agent: version, cost, engine, sources, and what it had to drop. */
export function AgentCard({ agent, works }: AgentCardProps): ReactElement {
  const { store } = useLive()
  const { host, version, pid, startedAt, away, reportedAt, cpuRatio, rssBytes } = agent
  return (
    <section aria-label={host} className="rounded-lg border border-line bg-panel">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2.5">
        <h2 className="text-base font-semibold">{host}</h2>
        <Badge
          tone={away ? 'critical' : 'ok'}
          text={
            away ? say('agents.away', { time: clockText(reportedAt) }) : say('agents.reporting')
          }
        />
      </div>
      <dl className="flex flex-wrap gap-x-10 gap-y-3 px-4 py-3">
        <Fact label={say('agents.cost')}>
          <span className="font-semibold">
            {say('agents.costText', {
              cpu: quantityText(percentQuantity(cpuRatio * 100)),
              memory: bytesText(rssBytes),
            })}
          </span>
        </Fact>
        <Fact label={say('agents.version')}>{version}</Fact>
        <Fact label={say('agents.pid')}>{pid}</Fact>
        <Fact label={say('agents.up')}>{durationText(store.nowMs() - startedAt)}</Fact>
        <Fact label={say('agents.dropped')}>{droppedText(agent.dropped)}</Fact>
        <Fact label={say('agents.buffered')}>{bytesText(agent.bufferedBytes)}</Fact>
        <Engine engine={agent.engine} />
        <Fact label={say('agents.host')}>{hostText(agent.hostFacts)}</Fact>
      </dl>
      <SourceTable sources={agent.sources} works={works} />
    </section>
  )
}

function Engine({ engine }: Pick<AgentRow, 'engine'>): ReactElement {
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

function hostText(facts: AgentRow['hostFacts']): string {
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
