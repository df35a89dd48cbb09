import type { AgentReport } from '../../model/agent-report.ts'
import type { ContainerTotals } from '../../model/container-totals.ts'
import type { Inventory } from '../../model/container.ts'

/**
 * What Datadog's routes have no place for, and nothing else that the object may hold, as `POST /api/vigie/v1/report` takes it.
 * @see docs/reference/report-route.md
 */
export function encodeReport({
  inventories,
  totals,
  agentReports,
}: {
  readonly inventories: readonly Inventory[]
  readonly totals: readonly ContainerTotals[]
  readonly agentReports: readonly AgentReport[]
}): string {
  return JSON.stringify({ inventories, totals, agentReports })
}
