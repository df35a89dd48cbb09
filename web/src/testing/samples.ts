import type { AgentRow } from '../../../src/api/contract/agents.ts'
import type { LiveAgent } from '../../../src/api/contract/live-agents.ts'
import type { ContainerRow } from '../../../src/api/contract/containers.ts'
import { createLiveRow, type LiveRow } from '../data/live-row.ts'
import { createLiveStore, type LiveStore } from '../data/live-store.ts'

/** 2026-01-02 03:04:05 UTC: the present of the samples. */
export const sampleNowMs = Date.UTC(2026, 0, 2, 3, 4, 5)

/** A running container with nothing special about it but what `different` says. */
export function sampleContainer(different: Partial<ContainerRow> = {}): ContainerRow {
  const { key = 1 } = different
  return {
    key,
    id: String(key).padStart(64, '0'),
    host: 'a-host',
    name: `container-${key}`,
    image: 'busybox:1.37',
    shortImage: 'busybox',
    runtime: 'docker',
    state: 'running',
    health: 'none',
    createdAt: sampleNowMs - 61_000,
    startedAt: sampleNowMs - 60_000,
    finishedAt: null,
    exitCode: null,
    oomKilled: false,
    restarts: 0,
    service: null,
    project: null,
    networkMode: 'bridge',
    cpuLimitCores: null,
    memoryLimitBytes: null,
    figuresFrom: 'cgroup',
    tags: [],
    figures: {},
    figuresAt: sampleNowMs,
    spark: { cpu: [], memory: [] },
    ...different,
  }
}

/** The same as a live row. */
export function sampleRow(different: Partial<ContainerRow> = {}): LiveRow {
  return createLiveRow(sampleContainer(different), sampleNowMs)
}

/** An agent that is well, on a host of four cores. */
export function sampleAgent(different: Partial<AgentRow> = {}): AgentRow {
  return {
    id: 'agent-1',
    host: 'a-host',
    kind: 'vigie',
    conflict: '',
    lagMs: 0,
    endpoints: [],
    version: '0.1.0',
    pid: 42,
    startedAt: sampleNowMs - 3_600_000,
    reportedAt: sampleNowMs,
    away: false,
    cpuRatio: 0.01,
    rssBytes: 100 * 2 ** 20,
    sources: [],
    engine: {
      endpoint: 'unix:///var/run/docker.sock',
      reachable: true,
      message: '',
      version: '29',
    },
    dropped: {},
    bufferedBytes: 0,
    hostFacts: {
      cpuCount: 4,
      memoryBytes: 2 ** 33,
      os: 'Debian',
      kernel: '6',
      cgroupVersion: 'v2',
    },
    figures: {},
    ...different,
  }
}

/** The same agents as the live stream tells them, each with the key of its place. */
export function sampleLiveAgents(agents: readonly AgentRow[]): readonly LiveAgent[] {
  return agents.map((agent, index) => ({ key: index + 1, ...agent }))
}

/** A store that tells its listeners at once and whose clock stands still. */
export function sampleStore(
  containers: readonly ContainerRow[],
  agents: readonly AgentRow[],
): LiveStore {
  const store = createLiveStore({ schedule: (callback) => callback(), elapsedMs: () => 0 })
  store.apply({
    kind: 'snapshot',
    data: { time: sampleNowMs, serverId: 'first', containers, agents: sampleLiveAgents(agents) },
  })
  store.setLink({ kind: 'live' })
  return store
}
