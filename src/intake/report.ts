import type { HttpRoute } from '../http/route.ts'
import type { AgentReport } from '../model/agent-report.ts'
import type { Inventory } from '../model/container.ts'
import { decodeReport } from '../wire/report/decode-report.ts'
import { defineIntakeRoute } from './define-intake-route.ts'
import type { Intake } from './intake.ts'
import { normaliseHost, normaliseTags } from './normalise.ts'
import { storeContainers } from './store-containers.ts'
import { takeLedgers } from './take-ledgers.ts'
import { takeTotals } from './take-totals.ts'

/** By this the answer tells an agent to call its host otherwise, because another machine has the name that it uses. */
const hostHeader = 'x-vigie-host'
/** By this it tells the agent in which containers somebody looks at the processes: ids, with commas between. */
const watchedHeader = 'x-vigie-watched'

/**
 * `POST /api/vigie/v1/report`: containers and their state, what ended runs of them used, what
 * became of log lines, and how the agent does. The one
 * route that is ours, because Datadog's container payload does not carry limits, exit codes, ports and mounts.
 * @see docs/reference/report-route.md
 */
export function reportRoute(intake: Intake): HttpRoute {
  return defineIntakeRoute(intake, {
    path: '/api/vigie/v1/report',
    mediaTypes: ['application/json'],
    answer: { errors: [] },
    accept: async (body) => {
      const { inventories, totals, ledgers, agentReports, processes } = decodeReport(body)
      const newName = takeAgentReports(intake, agentReports)
      const hosts = new Set<string>()
      for (const given of inventories) {
        const inventory = normaliseInventory(given, intake.clock())
        const isTaken = intake.live.applyInventory(inventory)
        intake.counts.add(isTaken ? 'inventories' : 'inventories_dropped.too_many_hosts', 1)
        hosts.add(inventory.host)
      }
      for (const host of hosts) await storeContainers(intake, host)
      await takeTotals(intake, totals)
      await takeLedgers(intake, ledgers)
      for (const list of processes)
        intake.live.processes.take({ ...list, host: normaliseHost(list.host) })
      return {
        ...(newName !== undefined && { [hostHeader]: newName }),
        ...tellWatched(intake, agentReports),
      }
    },
  })
}

/** @returns What the agent is to call its host, when it may not keep the name that it uses. */
function takeAgentReports(intake: Intake, reports: readonly AgentReport[]): string | undefined {
  let newName: string | undefined
  for (const report of reports) {
    const outcome = intake.live.applyAgentReport({ ...report, host: normaliseHost(report.host) })
    const reason = outcome.isTaken ? 'agent_reports' : 'agent_reports_dropped.too_many_agents'
    intake.counts.add(reason, 1)
    newName = outcome.newName ?? newName
  }
  return newName
}

/** Told with each report of an agent on itself, also when nobody looks any more. */
function tellWatched(
  { live }: Intake,
  reports: readonly AgentReport[],
): Readonly<Record<string, string>> {
  const [report] = reports
  if (report === undefined) return {}
  return { [watchedHeader]: live.processes.watchedOn(normaliseHost(report.host)).join(',') }
}

/** A time ahead of our clock would make all later inventories look old. */
function normaliseInventory(inventory: Inventory, nowMs: number): Inventory {
  return {
    ...inventory,
    host: normaliseHost(inventory.host),
    timeMs: Math.min(inventory.timeMs, nowMs),
    containers: inventory.containers.map((container) => ({
      ...container,
      tags: normaliseTags(container.tags),
    })),
  }
}
