import type { AgentReport, SourceReport } from '../model/agent-report.ts'
import type { ContainerTotals } from '../model/container-totals.ts'
import type { Container, Inventory } from '../model/container.ts'
import type { Event } from '../model/event.ts'
import type { Point, Series, SeriesIdentity } from '../model/series.ts'
import type { ServiceCheck } from '../model/service-check.ts'
import type { Sketch } from '../model/sketch.ts'
import type { CheckResult } from './check-source.ts'

/** One series with all that came of it. */
interface CheckedSeries extends Series {
  /** Unix milliseconds and value, the oldest first. */
  readonly points: readonly (readonly [number, number])[]
}

/** A distribution in one interval, without its bins. */
type CheckedSketch = SeriesIdentity &
  Pick<Sketch, 'timeMs' | 'count' | 'min' | 'max' | 'sum' | 'avg'>

/** What `vigie check` prints, in the order it prints it. */
export interface CheckDocument {
  readonly series: readonly CheckedSeries[]
  readonly distributions: readonly CheckedSketch[]
  readonly events: readonly Event[]
  readonly serviceChecks: readonly ServiceCheck[]
  /** Each as it was told last. */
  readonly containers: readonly Container[]
  readonly totals: readonly ContainerTotals[]
  readonly agentReports: readonly AgentReport[]
  readonly summary: CheckSummary
}

/** How the check itself went; `fullRuns` are those that handed on something. */
export interface CheckSummary extends Pick<SourceReport, 'lastRunAtMs' | 'work'> {
  readonly source: string
  /** `WARNING`: it lacked something it needs; `ERROR`: it failed, or not all runs came. */
  readonly status: 'OK' | 'WARNING' | 'ERROR'
  readonly wantedRuns: number
  readonly fullRuns: number
}

/** Sorts what a source gave by its kind, the points by their series. */
export function toCheckDocument(result: CheckResult, wantedRuns: number): CheckDocument {
  const points = new Map<Series, [number, number][]>()
  const containers = new Map<string, Container>()
  const distributions: CheckedSketch[] = []
  const events: Event[] = []
  const serviceChecks: ServiceCheck[] = []
  const totals: ContainerTotals[] = []
  const agentReports: AgentReport[] = []
  for (const item of result.items) {
    switch (item.kind) {
      case 'point':
        addPoint(points, item)
        break
      case 'sketch':
        distributions.push(toCheckedSketch(item))
        break
      case 'event':
        events.push(item)
        break
      case 'service-check':
        serviceChecks.push(item)
        break
      case 'inventory':
        applyInventory(containers, item)
        break
      case 'container-totals':
        totals.push(item)
        break
      case 'agent-report':
        agentReports.push(item)
        break
      case 'log-ledger':
      case 'process-list':
        // Of lines that a check does not read, and of containers that nobody looks at.
        break
    }
  }
  return {
    series: Array.from(points, ([series, ofIt]) => ({ ...series, points: ofIt })),
    distributions,
    events,
    serviceChecks,
    containers: [...containers.values()],
    totals,
    agentReports,
    summary: summarize(result, wantedRuns),
  }
}

function applyInventory(containers: Map<string, Container>, inventory: Inventory): void {
  if (inventory.isFull) containers.clear()
  for (const id of inventory.removedIds) containers.delete(id)
  for (const container of inventory.containers) containers.set(container.id, container)
}

function addPoint(points: Map<Series, [number, number][]>, { series, timeMs, value }: Point): void {
  const known = points.get(series)
  if (known) known.push([timeMs, value])
  else points.set(series, [[timeMs, value]])
}

function toCheckedSketch({ series, timeMs, count, min, max, sum, avg }: Sketch): CheckedSketch {
  return { ...series, timeMs, count, min, max, sum, avg }
}

function summarize({ report, fullRuns }: CheckResult, wantedRuns: number): CheckSummary {
  const { name, lastRunAtMs, work } = report
  const hasFailed = fullRuns < wantedRuns || (work?.errors.count ?? 0) > 0
  const isWarned = report.state === 'degraded' || (work?.warnings.count ?? 0) > 0
  const status = isWarned ? 'WARNING' : 'OK'
  return {
    source: name,
    status: hasFailed ? 'ERROR' : status,
    wantedRuns,
    fullRuns,
    ...(lastRunAtMs !== undefined && { lastRunAtMs }),
    ...(work && { work }),
  }
}
