import type { AgentSummary } from '../../../../src/api/contract/agents.ts'
import { agentKey } from '../../data/hosts.ts'
import { say } from '../../messages/agents.ts'
import { language } from '../../messages/message.ts'
import { healthOf, healthRank, type Health } from './agent-health.ts'
import type { AgentSort } from './view.ts'

/** An agent with how it does. */
export interface AgentItem {
  readonly key: string
  readonly agent: AgentSummary
  readonly health: Health
}

/** How many there are, and how many need a look. */
export interface AgentCounts {
  readonly all: number
  readonly away: number
  readonly troubled: number
}

const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' })

/** All agents with how they do. */
export function judgeAgents(agents: readonly AgentSummary[]): readonly AgentItem[] {
  return agents.map((agent) => ({ key: agentKey(agent), agent, health: healthOf(agent) }))
}

/** Those that have every word of a text in their host, version, kind, state, sources or endpoints, sorted. */
export function arrangeAgents(
  items: readonly AgentItem[],
  text: string,
  sort: AgentSort,
): readonly AgentItem[] {
  const words = text.toLowerCase().split(/\s+/)
  const found = items.filter((item) => {
    const all = textOf(item)
    return words.every((word) => all.includes(word))
  })
  return found.toSorted((left, right) => compare(left, right, sort) || byName(left, right))
}

/** Counts them; one that is away is not counted as troubled too. */
export function countAgents(items: readonly AgentItem[]): AgentCounts {
  return {
    all: items.length,
    away: items.filter(({ agent }) => agent.away).length,
    troubled: items.filter(({ agent, health }) => !agent.away && health.tone !== 'ok').length,
  }
}

function compare(left: AgentItem, right: AgentItem, sort: AgentSort): number {
  switch (sort) {
    case 'name':
      return 0
    case 'state':
      return healthRank(left.health) - healthRank(right.health)
    case 'version':
      return collator.compare(left.agent.version, right.agent.version)
    case 'cost':
      return right.agent.cpuRatio - left.agent.cpuRatio
  }
}

function byName(left: AgentItem, right: AgentItem): number {
  return (
    collator.compare(left.agent.host, right.agent.host) || collator.compare(left.key, right.key)
  )
}

function textOf({ agent, health }: AgentItem): string {
  const { host, version, kind, hostFacts, sources, endpoints } = agent
  return [
    host,
    version,
    say(`agents.kind.${kind}`),
    hostFacts.os,
    health.text,
    ...health.troubles.map(({ text }) => text),
    ...sources.map(({ name }) => name),
    ...endpoints.flatMap(({ name, url }) => [name, url]),
  ]
    .join('\n')
    .toLowerCase()
}
