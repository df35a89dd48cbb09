import type { AgentReport } from '../../model/agent-report.ts'
import type { ContainerTotals } from '../../model/container-totals.ts'
import type { Inventory } from '../../model/container.ts'
import type { Event } from '../../model/event.ts'
import type { Batch } from '../../model/item.ts'
import type { LogLedger } from '../../model/log-ledger.ts'
import type { Point } from '../../model/series.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import type { Sketch } from '../../model/sketch.ts'
import { encodeChecks } from '../../wire/datadog-checks/encode-checks.ts'
import { encodeEvents } from '../../wire/datadog-events/encode-events.ts'
import { encodeSeries } from '../../wire/datadog-series/encode-series.ts'
import { encodeSketches } from '../../wire/datadog-sketches/encode-sketches.ts'
import { encodeReport } from '../../wire/report/encode-report.ts'
import type { Payload } from './payload-queue.ts'
import { compress } from './zstd.ts'

const json = 'application/json'
const protobuf = 'application/x-protobuf'

/**
 * Turns a batch into requests, one or more for each kind of item in it. What a container is goes before its figures, so
 * that the server knows whose they are.
 */
export async function makePayloads(batch: Batch, hostname: string): Promise<readonly Payload[]> {
  const sorted = sortByKind(batch)
  const bodies: { route: string; contentType: string; body: Buffer | string; count: number }[] = []
  const { inventories, totals, ledgers, agentReports } = sorted
  const reports = inventories.length + totals.length + ledgers.length + agentReports.length
  if (reports > 0) {
    bodies.push({
      route: '/api/vigie/v1/report',
      contentType: json,
      body: encodeReport(sorted),
      count: reports,
    })
  }
  for (const { body, count } of encodeSeries(sorted.points)) {
    bodies.push({ route: '/api/v2/series', contentType: protobuf, body, count })
  }
  for (const { body, count } of encodeSketches(sorted.sketches)) {
    bodies.push({ route: '/api/beta/sketches', contentType: protobuf, body, count })
  }
  if (sorted.events.length > 0) {
    const body = encodeEvents(sorted.events, hostname)
    bodies.push({ route: '/intake/', contentType: json, body, count: sorted.events.length })
  }
  if (sorted.checks.length > 0) {
    const body = encodeChecks(sorted.checks)
    bodies.push({
      route: '/api/v1/check_run',
      contentType: json,
      body,
      count: sorted.checks.length,
    })
  }
  return Promise.all(
    bodies.map(async ({ body, ...rest }) => ({ ...rest, body: await compress(body) })),
  )
}

interface Sorted {
  readonly points: Point[]
  readonly sketches: Sketch[]
  readonly events: Event[]
  readonly checks: ServiceCheck[]
  readonly inventories: Inventory[]
  readonly totals: ContainerTotals[]
  readonly ledgers: LogLedger[]
  readonly agentReports: AgentReport[]
}

function sortByKind(batch: Batch): Sorted {
  const sorted: Sorted = {
    points: [],
    sketches: [],
    events: [],
    checks: [],
    inventories: [],
    totals: [],
    ledgers: [],
    agentReports: [],
  }
  for (const item of batch) {
    switch (item.kind) {
      case 'point':
        sorted.points.push(item)
        break
      case 'sketch':
        sorted.sketches.push(item)
        break
      case 'event':
        sorted.events.push(item)
        break
      case 'service-check':
        sorted.checks.push(item)
        break
      case 'inventory':
        sorted.inventories.push(item)
        break
      case 'container-totals':
        sorted.totals.push(item)
        break
      case 'log-ledger':
        sorted.ledgers.push(item)
        break
      case 'agent-report':
        sorted.agentReports.push(item)
        break
    }
  }
  return sorted
}
