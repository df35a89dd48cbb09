import type { AgentReport } from '../../model/agent-report.ts'
import type { ContainerTotals } from '../../model/container-totals.ts'
import type { Inventory } from '../../model/container.ts'
import type { Event } from '../../model/event.ts'
import type { Batch } from '../../model/item.ts'
import type { LogLedger } from '../../model/log-ledger.ts'
import type { Point } from '../../model/series.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import type { ProcessList } from '../../model/process-list.ts'
import type { Sketch } from '../../model/sketch.ts'
import { encodeChecks } from '../../wire/datadog-checks/encode-checks.ts'
import { encodeEvents } from '../../wire/datadog-events/encode-events.ts'
import { encodeSeries } from '../../wire/datadog-series/encode-series.ts'
import { encodeSketches } from '../../wire/datadog-sketches/encode-sketches.ts'
import { encodeReport } from '../../wire/report/encode-report.ts'
import type { Payload } from '../forwarder/forwarder.ts'
import { compressNow } from './zstd.ts'

const json = 'application/json'
const protobuf = 'application/x-protobuf'

type Plain = Omit<Payload, 'body' | 'contentEncoding'> & { readonly body: Buffer | string }

/**
 * Turns a batch into requests, one or more for each kind of item in it. What a container is goes before its figures, so
 * that the server knows whose they are.
 */
export function makePayloads(batch: Batch, hostname: string): readonly Payload[] {
  const sorted = sortByKind(batch)
  const plain = [
    ...encodeReports(sorted),
    ...encodeFigures(sorted),
    ...encodeNews(sorted, hostname),
  ]
  return plain.map((one) => ({ ...one, contentEncoding: 'zstd', body: compressNow(one.body) }))
}

/**
 * The server takes an inventory for old when it has a newer one of that host, so that they go in their order. How the
 * agent does, and what runs in the containers that somebody looks at, is of interest only now.
 */
function encodeReports(sorted: Sorted): readonly Plain[] {
  const { inventories, totals, ledgers, agentReports, processes } = sorted
  const report = { route: '/api/vigie/v1/report', contentType: json }
  const lasting = inventories.length + totals.length + ledgers.length
  const passing = agentReports.length + processes.length
  const nothing: Sorted = sortByKind([])
  return [
    ...(lasting === 0
      ? []
      : [
          {
            ...report,
            order: 'oldest-first' as const,
            body: encodeReport({ ...sorted, agentReports: [], processes: [] }),
            count: lasting,
          },
        ]),
    ...(passing === 0
      ? []
      : [
          {
            ...report,
            replacesOlder: true as const,
            body: encodeReport({ ...nothing, agentReports, processes }),
            count: passing,
          },
        ]),
  ]
}

function encodeFigures({ points, sketches }: Sorted): readonly Plain[] {
  const series = encodeSeries(points).map((part) => ({ route: '/api/v2/series', ...part }))
  const bins = encodeSketches(sketches).map((part) => ({ route: '/api/beta/sketches', ...part }))
  return [...series, ...bins].map((part) => ({ ...part, contentType: protobuf }))
}

function encodeNews({ events, checks }: Sorted, hostname: string): readonly Plain[] {
  const told = { route: '/intake/', contentType: json, count: events.length }
  const checked = { route: '/api/v1/check_run', contentType: json, count: checks.length }
  return [
    ...(events.length === 0 ? [] : [{ ...told, body: encodeEvents(events, hostname) }]),
    ...(checks.length === 0 ? [] : [{ ...checked, body: encodeChecks(checks) }]),
  ]
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
  readonly processes: ProcessList[]
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
    processes: [],
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
      case 'process-list':
        sorted.processes.push(item)
        break
    }
  }
  return sorted
}
