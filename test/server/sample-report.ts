import type { AgentReport } from '../../src/model/agent-report.ts'

/** What an agent without sources says of itself. */
export function sampleReport(change: Partial<AgentReport> = {}): AgentReport {
  return {
    kind: 'agent-report',
    host: 'h',
    timeMs: 0,
    version: '1.2.3',
    pid: 1,
    startedAtMs: 0,
    cpuRatio: 0.01,
    rssBytes: 80_000_000,
    sources: [],
    dropped: {},
    bufferedBytes: 0,
    hostFacts: { cpuCount: 1, memoryBytes: 1, os: 'Linux', kernel: '6.1', cgroupVersion: 'v2' },
    ...change,
  }
}
