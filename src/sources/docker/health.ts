import type { LifetimeWatch } from '../../cgroup/lifetime/lifetime-watch.ts'
import type { SourceReport, SourceWork } from '../../model/agent-report.ts'
import type { ContainerTable } from './container-table.ts'
import type { EngineCounts } from './counts/engine-counts.ts'
import type { EngineWatch } from './engine-watch.ts'
import { describeFigures } from './figures/describe-figures.ts'
import type { StatsPoller } from './figures/stats-poller.ts'

/** How the source does, for the status. */
export type Health = Pick<SourceReport, 'state' | 'message'> & Pick<SourceWork, 'notes'>

interface Judged {
  readonly table: Pick<ContainerTable, 'running' | 'unreadable'>
  readonly watch: Pick<EngineWatch, 'faults' | 'hasList'>
  readonly counts: Pick<EngineCounts, 'faults'>
  readonly poller: Pick<StatsPoller, 'faults'>
  readonly lives: Pick<LifetimeWatch, 'state'>
}

/** Judges the parts of the source together: the gravest fault is its message, the ways it works its notes. */
export function createHealth(
  { table, watch, counts, poller, lives }: Judged,
  how: {
    readonly cgroupRoot: string
    readonly cgroupVersion: 'v1' | 'v2' | 'none'
    readonly statsIntervalMs: number
  },
): () => Health {
  return () => {
    const [fault] = [
      ...watch.faults(),
      ...describeMissing(table.unreadable(), how.cgroupRoot),
      ...[...poller.faults()].map(([name, message]) => `No figures of ${name}: ${message}`),
      ...counts.faults(),
    ]
    const notes = watch.hasList
      ? [
          `figures: ${describeFigures(table.running(), how)}`,
          `totals of runs: ${describeLives(lives)}`,
        ]
      : []
    return fault === undefined
      ? { state: 'running', message: '', notes }
      : { state: 'degraded', message: fault, notes }
  }
}

function describeMissing(names: readonly string[], cgroupRoot: string): readonly string[] {
  if (names.length === 0) return []
  return [
    `No cgroup found below ${cgroupRoot} for ${names.length} running containers ` +
      `(${names.slice(0, 3).join(', ')}); inside a container, mount the host's folder and set DD_CONTAINER_CGROUP_ROOT`,
  ]
}

function describeLives(lives: Judged['lives']): string {
  const { way, reason } = lives.state()
  switch (way) {
    case 'last_reading':
      return 'read from each cgroup after its last process has ended'
    case 'parent_remainder':
      return `from what the parent cgroup keeps, since ${reason}`
    case 'off':
      return `from the last reading of each second, since ${reason}`
  }
}
