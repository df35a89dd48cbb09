import type { AgentReport } from '../../model/agent-report.ts'

/** What a Datadog Agent says of itself and its host. Empty or 0 where it does not say. */
export interface DatadogHost {
  readonly host: string
  /** Of the machine. */
  readonly uuid: string
  readonly agentVersion: string
  readonly os: string
  readonly kernel: string
  readonly cpuCount: number
  readonly memoryBytes: number
  readonly tags: readonly string[]
}

/** A host of which only the name and the version of its agent were told. */
export function unknownHost(host: string, agentVersion: string): DatadogHost {
  return { host, agentVersion, uuid: '', os: '', kernel: '', cpuCount: 0, memoryBytes: 0, tags: [] }
}

/** What a Datadog Agent said, in the form in which ours report: what it does not tell is empty, or 0. */
export function datadogReport(told: DatadogHost, timeMs: number): AgentReport {
  const { host, uuid, agentVersion, os, kernel, cpuCount, memoryBytes } = told
  return {
    kind: 'agent-report',
    ...(uuid !== '' && { agentId: uuid }),
    host,
    timeMs,
    version: agentVersion,
    pid: 0,
    startedAtMs: 0,
    cpuRatio: 0,
    rssBytes: 0,
    sources: [],
    dropped: {},
    bufferedBytes: 0,
    hostFacts: { os, kernel, cpuCount, memoryBytes, cgroupVersion: 'none' },
  }
}
