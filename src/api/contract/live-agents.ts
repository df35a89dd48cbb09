import type { AgentSummary, HostFigures } from './agents.ts'
import type { ServerCost } from './live.ts'

/** An agent of the live stream, or of an answer about the past. */
export interface LiveAgent extends AgentSummary {
  /** Short number that later events use; it never means another agent while the stream lasts. */
  readonly key: number
}

/** What is new of the agents. */
export interface AgentNews {
  /** Agents that came, and those of which something else than the figures below changed. */
  readonly changed: readonly LiveAgent[]
  /**
   * `[key, …numbers in the order of agentFigureNames]`, null where unread. An agent that is missing has figures as before, or
   * is among `changed`.
   */
  readonly rows: readonly (readonly (number | null)[])[]
  readonly removedKeys: readonly number[]
}

/** Event `agents`, once a second whether or not there is news. */
export interface LiveAgents extends AgentNews {
  readonly time: number
  /** What the server costs beside them; absent where the past is told. */
  readonly server?: ServerCost
}

const ownFigureNames = ['reportedAt', 'lagMs', 'cpuRatio', 'rssBytes'] as const

/** Order of a host's figures as the query gives them. */
export const hostFigureNames = [
  'cpu',
  'memoryUsed',
  'memoryTotal',
  'load1',
  'netRcvd',
  'netSent',
  'ioRead',
  'ioWritten',
] as const satisfies readonly (keyof HostFigures)[]

/** Order of the numbers in a row of {@link AgentNews}: of the agent itself, then of its host. */
export const agentFigureNames = [...ownFigureNames, ...hostFigureNames] as const

/** The numbers of an agent in the order of {@link agentFigureNames}. */
export function listAgentNumbers(agent: AgentSummary): readonly (number | null)[] {
  return [
    ...ownFigureNames.map((name) => agent[name]),
    ...hostFigureNames.map((name) => agent.figures[name] ?? null),
  ]
}

/** All agents after some news: by host, as they were before it. A row of an agent that is not known counts for nothing. */
export function takeAgentNews(
  agents: readonly LiveAgent[],
  { changed, rows, removedKeys }: AgentNews,
): readonly LiveAgent[] {
  const byKey = new Map(agents.map((agent) => [agent.key, agent]))
  for (const agent of changed) byKey.set(agent.key, agent)
  for (const [key, ...numbers] of rows) {
    const agent = byKey.get(key ?? -1)
    if (agent !== undefined) byKey.set(agent.key, withNumbers(agent, numbers))
  }
  for (const key of removedKeys) byKey.delete(key)
  const taken = [...byKey.values()]
  return changed.length === 0 ? taken : taken.toSorted(byHost)
}

function withNumbers(agent: LiveAgent, numbers: readonly (number | null)[]): LiveAgent {
  const own: Partial<Record<(typeof ownFigureNames)[number], number>> = {}
  for (const [index, name] of ownFigureNames.entries()) own[name] = numbers[index] ?? agent[name]
  const figures: { -readonly [Name in keyof HostFigures]: HostFigures[Name] } = {}
  for (const [index, name] of hostFigureNames.entries()) {
    const value = numbers[ownFigureNames.length + index]
    if (value != null) figures[name] = value
  }
  return { ...agent, ...own, figures }
}

/** A Datadog Agent before ours of the same host, as a snapshot has them. */
function byHost(left: LiveAgent, right: LiveAgent): number {
  if (left.host !== right.host) return left.host < right.host ? -1 : 1
  return left.kind < right.kind ? -1 : left.kind > right.kind ? 1 : 0
}
