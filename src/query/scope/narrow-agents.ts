import type { AgentAnswer } from '../agents.ts'

/**
 * What of the agents somebody may know who sees a part of all containers: those on the hosts of these, that they are there,
 * what they watch, and how large their hosts are. How a host does, what else runs there and where its agent sends to is
 * for those who see everything.
 */
export function narrowAgents(
  agents: readonly AgentAnswer[],
  hosts: ReadonlySet<string>,
): AgentAnswer[] {
  return agents.filter(({ report }) => hosts.has(report.host)).map(narrowAgent)
}

function narrowAgent({ report, kind, receivedAtMs, lagMs, isAway }: AgentAnswer): AgentAnswer {
  const { host, timeMs, version, startedAtMs, engine, hostFacts } = report
  return {
    kind,
    receivedAtMs,
    lagMs,
    isAway,
    conflict: '',
    hostTags: [],
    figures: [],
    report: {
      kind: 'agent-report',
      host,
      timeMs,
      version,
      pid: 0,
      startedAtMs,
      cpuRatio: 0,
      rssBytes: 0,
      sources: [],
      ...(engine !== undefined && { engine }),
      dropped: {},
      bufferedBytes: 0,
      hostFacts,
    },
  }
}
