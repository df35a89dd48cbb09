import type { AgentRow } from '../../src/api/contract/agents.ts'
import type { ContainerRow } from '../../src/api/contract/containers.ts'
import type { LiveSnapshot } from '../../src/api/contract/live.ts'
import { unicodeGlyphs } from '../../src/terminal/glyphs.ts'
import type { Size } from '../../src/terminal/line.ts'
import { createLiveTable, type LiveTable } from '../../src/terminal/live/live-table.ts'
import { createLogPane } from '../../src/terminal/live/log-pane.ts'
import type { Scene } from '../../src/terminal/screens/scene.ts'
import { firstView, type View } from '../../src/terminal/view/view.ts'

/** The time of all samples: noon here, so that clocks read the same everywhere. */
export const sampleMs = new Date(2026, 0, 31, 12, 0, 0).getTime()

/** A running container with an id made of its key. */
export function sampleContainer(key: number, given: Partial<ContainerRow> = {}): ContainerRow {
  return {
    key,
    id: String(key).padStart(4, '0').repeat(16),
    host: 'orion',
    name: `web-${key}`,
    image: 'registry:5000/nginx:1.27',
    shortImage: 'nginx',
    runtime: 'docker',
    state: 'running',
    health: 'none',
    createdAt: sampleMs - 3_700_000,
    startedAt: sampleMs - 3_661_000,
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
    figures: { cpu: key * 10, memory: key * 2 ** 20, netRcvd: 1024, netSent: 2048, threads: 3 },
    figuresAt: sampleMs,
    spark: { cpu: [key, null, key], memory: [1, 2, 3] },
    ...given,
  }
}

/** A table that has heard one snapshot at {@link sampleMs}; its clock stands still. */
export function sampleTable(containers: readonly ContainerRow[], laterMs = 0): LiveTable {
  let elapsedMs = 0
  const table = createLiveTable(() => elapsedMs)
  const agents = [{ key: 1, ...sampleAgent() }]
  const snapshot: LiveSnapshot = { time: sampleMs, serverId: '1', containers, agents }
  table.take('snapshot', JSON.stringify(snapshot))
  table.setLink({ kind: 'live' })
  elapsedMs = laterMs
  return table
}

/** The first screen of a table, or what `given` makes of it. */
export function sampleScene(table: LiveTable, size: Size, given: Partial<View> = {}): Scene {
  return {
    view: { ...firstView, ...given },
    table,
    labels: { labelOf: () => null, problem: () => undefined },
    logs: createLogPane(),
    detail: undefined,
    size,
    glyphs: unicodeGlyphs,
    clockMs: sampleMs,
  }
}

function sampleAgent(): AgentRow {
  return {
    id: 'a',
    host: 'orion',
    kind: 'vigie',
    conflict: '',
    lagMs: 0,
    endpoints: [],
    version: '0.1.0',
    pid: 1,
    startedAt: sampleMs - 1000,
    reportedAt: sampleMs,
    away: false,
    cpuRatio: 0.012,
    rssBytes: 80 * 2 ** 20,
    sources: [],
    engine: null,
    dropped: {},
    bufferedBytes: 0,
    hostFacts: { cpuCount: 4, memoryBytes: 4 * 2 ** 30, os: '', kernel: '', cgroupVersion: 'v2' },
    figures: { cpu: 25, memoryUsed: 2 ** 30, memoryTotal: 4 * 2 ** 30, load1: 0.5 },
  }
}
