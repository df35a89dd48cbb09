import type { Report } from './decode-report.ts'

/**
 * What Datadog's routes have no place for, and nothing else that the object may hold, as `POST /api/vigie/v1/report` takes it.
 * @see docs/reference/report-route.md
 */
export function encodeReport(report: Partial<Report>): string {
  const { inventories, totals, ledgers, agentReports, processes } = report
  return JSON.stringify({ inventories, totals, ledgers, agentReports, processes })
}
