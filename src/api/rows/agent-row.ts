import type { AgentAnswer } from '../../query/agents.ts'
import type { EndpointReport } from '../../model/agent-report.ts'
import type { AgentRow, EndpointRow, HostFigures } from '../contract/agents.ts'
import { toFullSourceRow, toSourceRow } from './source-row.ts'

/** Order of an agent's host figures as the query gives them. */
const hostFigureNames = [
  'cpu',
  'memoryUsed',
  'memoryTotal',
  'load1',
  'netRcvd',
  'netSent',
  'ioRead',
  'ioWritten',
] as const satisfies readonly (keyof HostFigures)[]

/** An agent as the live stream tells it each second: without what its sources have done. */
export function toAgentRow(answer: AgentAnswer): AgentRow {
  const { kind, report, hostTags, receivedAtMs, lagMs, isAway, conflict, figures } = answer
  const { engine } = report
  return {
    id: report.agentId ?? '',
    host: report.host,
    kind,
    conflict,
    lagMs,
    endpoints: (report.endpoints ?? []).map(toEndpointRow),
    version: report.version,
    pid: report.pid,
    startedAt: report.startedAtMs,
    reportedAt: receivedAtMs,
    away: isAway,
    cpuRatio: report.cpuRatio,
    rssBytes: report.rssBytes,
    sources: report.sources.map(toSourceRow),
    engine:
      engine === undefined
        ? null
        : {
            endpoint: engine.endpoint,
            reachable: engine.isReachable,
            message: engine.message,
            version: engine.version ?? null,
          },
    dropped: report.dropped,
    bufferedBytes: report.bufferedBytes,
    hostFacts: report.hostFacts,
    ...(hostTags.length > 0 && { hostTags }),
    figures: toHostFigures(figures),
  }
}

/** An agent with what each of its sources has done. */
export function toFullAgentRow(answer: AgentAnswer): AgentRow {
  return { ...toAgentRow(answer), sources: answer.report.sources.map(toFullSourceRow) }
}

/** How sending to one place goes. */
export function toEndpointRow({ lastDeliveredAtMs, ...report }: EndpointReport): EndpointRow {
  return { ...report, lastDeliveredAt: lastDeliveredAtMs ?? null }
}

function toHostFigures(values: readonly (number | undefined)[]): HostFigures {
  const figures: { -readonly [Name in keyof HostFigures]: HostFigures[Name] } = {}
  for (const [index, name] of hostFigureNames.entries()) {
    const value = values[index]
    if (value !== undefined) figures[name] = Math.round(value * 100) / 100
  }
  return figures
}
