import { cpus, totalmem } from 'node:os'
import type { Telemetry } from '../../telemetry/telemetry.ts'
import type { FamilySample, TextFormat } from '../../wire/prometheus-text/metric-family.ts'
import { endings, printFamily } from '../../wire/prometheus-text/print-family.ts'
import { joinLabels } from '../../wire/prometheus-text/print-labels.ts'
import type { BoardView } from './board-view.ts'
import type { PrintContainerLabels } from './container-labels.ts'
import { agentFamilies } from './families/agent-families.ts'
import type { AgentState } from './families/agent-family.ts'
import { containerFamilies } from './families/container-families.ts'
import type { ContainerFamily, SeenContainer } from './families/container-family.ts'

/** What a page is made from. */
export interface ScrapeContext {
  readonly view: BoardView
  readonly telemetry: Telemetry
  readonly version: string
  readonly clock: () => number
  readonly maxContainers: number
  readonly printLabels: PrintContainerLabels
}

/**
 * Prints the whole page, a family at a time: however many containers there are, no more than one family of them is in
 * memory as text. All figures are of the moment of the call.
 */
export function scrape(context: ScrapeContext, format: TextFormat): Generator<string, void, void> {
  const { view, maxContainers, printLabels } = context
  const { seen, leftOut } = view.take(maxContainers)
  const labelled = seen.map((one) => ({
    ...one,
    labels: printLabels(one.container, one.reading.cgroupPath),
  }))
  const state = readState(context, { shown: seen.length, leftOut })
  return printPage(labelled, state, format)
}

interface Labelled extends SeenContainer {
  readonly labels: string
}

function* printPage(
  containers: readonly Labelled[],
  state: AgentState,
  format: TextFormat,
): Generator<string, void, void> {
  for (const family of containerFamilies)
    yield printFamily(family, samplesOf(family, containers), format)
  for (const family of agentFamilies) yield printFamily(family, family.samplesOf(state), format)
  yield endings[format]
}

function samplesOf(family: ContainerFamily, containers: readonly Labelled[]): FamilySample[] {
  const samples: FamilySample[] = []
  for (const container of containers) {
    for (const { labels, value } of family.valuesOf(container))
      if (value !== undefined) samples.push({ labels: joinLabels(container.labels, labels), value })
  }
  return samples
}

function readState(
  { telemetry, version, clock }: ScrapeContext,
  containers: AgentState['containers'],
): AgentState {
  const { user, system } = process.cpuUsage()
  const nowMs = clock()
  return {
    snapshot: telemetry.snapshot(),
    version,
    nowMs,
    startedAtMs: nowMs - process.uptime() * 1000,
    cpuMicros: user + system,
    rssBytes: process.memoryUsage.rss(),
    cpuCount: cpus().length,
    memoryBytes: totalmem(),
    containers,
  }
}
