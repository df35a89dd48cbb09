import type { AgentAnswer } from '../../query/agents.ts'
import type { EndpointReport } from '../../model/agent-report.ts'
import type { AgentRow, AgentSummary, EndpointRow, HostFigures } from '../contract/agents.ts'
import { hostFigureNames } from '../contract/live-agents.ts'
import { toSourceRow, toSourceState } from './source-row.ts'

/** An agent as the live stream tells it: without what it has done. */
export function toAgentSummary(answer: AgentAnswer): AgentSummary {
  const { kind, report, hostTags, receivedAtMs, lagMs, isAway, conflict, figures } = answer
  const { engine } = report
  return {
    id: report.agentId ?? '',
    host: report.host,
    kind,
    conflict,
    lagMs,
    endpoints: (report.endpoints ?? []).map(({ name, url, state, message }) => ({
      name,
      url,
      state,
      message,
    })),
    version: report.version,
    pid: report.pid,
    startedAt: report.startedAtMs,
    reportedAt: receivedAtMs,
    away: isAway,
    cpuRatio: round(report.cpuRatio, 4),
    rssBytes: report.rssBytes,
    sources: report.sources.map(toSourceState),
    engine:
      engine === undefined
        ? null
        : {
            endpoint: engine.endpoint,
            reachable: engine.isReachable,
            message: engine.message,
            version: engine.version ?? null,
          },
    hostFacts: report.hostFacts,
    ...(hostTags.length > 0 && { hostTags }),
    figures: toHostFigures(figures),
  }
}

/** An agent with all that it has done. */
export function toAgentRow(answer: AgentAnswer): AgentRow {
  const { sources, endpoints = [], dropped, bufferedBytes } = answer.report
  return {
    ...toAgentSummary(answer),
    endpoints: endpoints.map(toEndpointRow),
    sources: sources.map(toSourceRow),
    dropped,
    bufferedBytes,
  }
}

/** How sending to one place goes. */
export function toEndpointRow({ lastDeliveredAtMs, ...report }: EndpointReport): EndpointRow {
  return { ...report, lastDeliveredAt: lastDeliveredAtMs ?? null }
}

function toHostFigures(values: readonly (number | undefined)[]): HostFigures {
  const figures: { -readonly [Name in keyof HostFigures]: HostFigures[Name] } = {}
  for (const [index, name] of hostFigureNames.entries()) {
    const value = values[index]
    // Hundredths of a byte mean nothing.
    if (value !== undefined) figures[name] = round(value, value < 1000 ? 2 : 0)
  }
  return figures
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
