import type { AgentReport } from '../../model/agent-report.ts'
import type { ContainerTotals } from '../../model/container-totals.ts'
import type { Inventory } from '../../model/container.ts'
import type { LogLedger } from '../../model/log-ledger.ts'

/**
 * What Datadog's routes have no place for, and nothing else that the object may hold, as `POST /api/vigie/v1/report` takes it.
 * @see docs/reference/report-route.md
 */
export function encodeReport({
  inventories,
  totals,
  ledgers,
  agentReports,
}: {
  readonly inventories: readonly Inventory[]
  readonly totals: readonly ContainerTotals[]
  readonly ledgers: readonly LogLedger[]
  readonly agentReports: readonly AgentReport[]
}): string {
  return JSON.stringify({ inventories, totals, ledgers, agentReports })
}
