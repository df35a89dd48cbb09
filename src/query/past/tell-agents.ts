import type { AgentReport } from '../../model/agent-report.ts'
import { awayAfterMs } from '../../store/agents/agent-registry.ts'
import { datadogReport, unknownHost } from '../../store/agents/datadog-host.ts'
import type { AgentAnswer } from '../agents.ts'
import type { PastHost } from './past-replay.ts'

/**
 * The agents at a moment in the past: who they are as it is known now, their cost and the figures of their hosts as they were
 * then. What is not kept (sources, engine, deliveries) is empty, and so is an agent of which nothing but figures is known.
 */
export function tellAgents(
  hosts: readonly PastHost[],
  known: readonly AgentAnswer[],
  timeS: number,
): readonly AgentAnswer[] {
  const heard = new Map(hosts.map((host) => [host.host, host]))
  const described = new Set(known.map(({ report }) => report.host))
  const others = hosts.filter(({ host }) => !described.has(host)).map(nameOnly)
  return [...newestOfEach(known), ...others].map((agent) =>
    tellAgent(agent, heard.get(agent.report.host), timeS),
  )
}

/** Where one agent took the place of another on a host, the figures are not said to be of both. */
function newestOfEach(agents: readonly AgentAnswer[]): readonly AgentAnswer[] {
  const newest = new Map<string, AgentAnswer>()
  for (const agent of agents) {
    const name = `${agent.kind} ${agent.report.host}`
    const other = newest.get(name)
    if (other === undefined || other.receivedAtMs <= agent.receivedAtMs) newest.set(name, agent)
  }
  return [...newest.values()]
}

function nameOnly({ host }: PastHost): AgentAnswer {
  return {
    kind: 'vigie',
    report: datadogReport(unknownHost(host, ''), 0),
    hostTags: [],
    receivedAtMs: 0,
    lagMs: 0,
    isAway: true,
    conflict: '',
    figures: [],
  }
}

function tellAgent(
  { kind, report, hostTags }: AgentAnswer,
  heard: PastHost | undefined,
  timeS: number,
): AgentAnswer {
  const heardMs = (heard?.heardS ?? 0) * 1000
  const isAway = timeS * 1000 - heardMs > awayAfterMs[kind]
  const now = isAway ? undefined : heard
  return {
    kind,
    hostTags,
    receivedAtMs: heardMs,
    lagMs: 0,
    isAway,
    conflict: '',
    figures: now?.figures ?? [],
    report: tellReport(report, now, heardMs),
  }
}

/** A process that began later was not the one that watched. */
function tellReport(
  { agentId, host, hostFacts, ...process }: AgentReport,
  heard: PastHost | undefined,
  heardMs: number,
): AgentReport {
  const isSameProcess = process.startedAtMs <= heardMs
  return {
    kind: 'agent-report',
    ...(agentId !== undefined && { agentId }),
    host,
    timeMs: heardMs,
    version: isSameProcess ? process.version : '',
    pid: isSameProcess ? process.pid : 0,
    startedAtMs: isSameProcess ? process.startedAtMs : 0,
    cpuRatio: heard?.agentCpuRatio ?? 0,
    rssBytes: heard?.agentRssBytes ?? 0,
    sources: [],
    dropped: {},
    bufferedBytes: 0,
    hostFacts,
  }
}
