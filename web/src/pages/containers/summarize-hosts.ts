import type { AgentSummary, HostFigures } from '../../../../src/api/contract/agents.ts'

/** All hosts together, as far as their agents report now. A figure that no host gives is `undefined`. */
export interface HostSummary {
  readonly hostCount: number
  readonly coreCount: number
  /** Busy share of all cores of all hosts, 0 to 100. */
  readonly cpuPercent: number | undefined
  readonly memoryUsedBytes: number | undefined
  readonly memoryTotalBytes: number | undefined
  /** Only of a single host: averages of several say nothing. */
  readonly load1: number | undefined
  readonly netRcvdBytes: number | undefined
  readonly netSentBytes: number | undefined
  /** What all agents use: cores (0.01 is 1 % of one), resident bytes. */
  readonly agentCores: number
  readonly agentBytes: number
}

/** Adds up the hosts whose agents are not away. */
export function summarizeHosts(agents: readonly AgentSummary[]): HostSummary {
  const present = agents.filter((agent) => !agent.away)
  const coreCount = total(present, (agent) => agent.hostFacts.cpuCount) ?? 0
  const busy = total(present, ({ figures, hostFacts }) =>
    figures.cpu === undefined ? undefined : figures.cpu * hostFacts.cpuCount,
  )
  const [only] = present
  return {
    hostCount: present.length,
    coreCount,
    cpuPercent: busy === undefined ? undefined : busy / coreCount,
    memoryUsedBytes: figureTotal(present, 'memoryUsed'),
    memoryTotalBytes: figureTotal(present, 'memoryTotal'),
    load1: present.length === 1 ? only?.figures.load1 : undefined,
    netRcvdBytes: figureTotal(present, 'netRcvd'),
    netSentBytes: figureTotal(present, 'netSent'),
    agentCores: total(present, (agent) => agent.cpuRatio) ?? 0,
    agentBytes: total(present, (agent) => agent.rssBytes) ?? 0,
  }
}

function figureTotal(agents: readonly AgentSummary[], name: keyof HostFigures): number | undefined {
  return total(agents, ({ figures }) => figures[name])
}

function total(
  agents: readonly AgentSummary[],
  value: (agent: AgentSummary) => number | undefined,
): number | undefined {
  const values = agents.map(value).filter((each) => each !== undefined)
  return values.length === 0 ? undefined : values.reduce((sum, each) => sum + each, 0)
}
