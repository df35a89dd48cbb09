import { z } from 'zod'
import { listOf, recordOf } from '../json-lists.ts'
import type { AgentReport, SourceWork } from '../../model/agent-report.ts'
import type { ContainerTotals } from '../../model/container-totals.ts'
import type { Container, Inventory } from '../../model/container.ts'
import type { LogLedger } from '../../model/log-ledger.ts'
import { mostProcesses, type ProcessFacts, type ProcessList } from '../../model/process-list.ts'
import { parseJson } from '../parse-json.ts'

/** The body of `POST /api/vigie/v1/report`. */
export interface Report {
  readonly inventories: readonly Inventory[]
  /** Runs of containers that have ended. */
  readonly totals: readonly ContainerTotals[]
  /** What became of log lines, by container or file. */
  readonly ledgers: readonly LogLedger[]
  readonly agentReports: readonly AgentReport[]
  /** What runs in the containers that somebody looks at. */
  readonly processes: readonly ProcessList[]
}

const count = z.number().int().nonnegative()
/** Unix milliseconds up to the year 2200, which every table can hold. */
const timeMs = z.number().min(0).max(7_258_118_400_000)
const containerId = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits')

const container = z.object({
  id: containerId,
  name: z.string(),
  image: z.string(),
  imageId: z.string(),
  runtime: z.string(),
  state: z.enum([
    'created',
    'running',
    'paused',
    'restarting',
    'removing',
    'exited',
    'dead',
    'removed',
  ]),
  health: z.enum(['none', 'starting', 'healthy', 'unhealthy']),
  createdAtMs: timeMs,
  startedAtMs: timeMs.exactOptional(),
  finishedAtMs: timeMs.exactOptional(),
  exitCode: z.number().int().exactOptional(),
  wasOomKilled: z.boolean(),
  restartCount: count,
  command: z.string(),
  labels: recordOf(z.string()),
  env: listOf(z.string()),
  ports: listOf(
    z.object({
      containerPort: count,
      protocol: z.string(),
      hostPort: count.exactOptional(),
      hostIp: z.string().exactOptional(),
    }),
  ),
  mounts: listOf(
    z.object({ kind: z.string(), source: z.string(), target: z.string(), isReadOnly: z.boolean() }),
  ),
  networks: listOf(z.object({ name: z.string(), ipAddress: z.string().exactOptional() })),
  networkMode: z.string(),
  cpuLimitCores: z.number().nonnegative().exactOptional(),
  memoryLimitBytes: z.number().nonnegative().exactOptional(),
  figuresFrom: z.enum(['cgroup', 'engine']).exactOptional(),
  tags: listOf(z.string()),
}) satisfies z.ZodType<Container>

const inventory = z.object({
  kind: z.literal('inventory'),
  host: z.string().min(1).max(255),
  timeMs,
  isFull: z.boolean(),
  containers: listOf(container),
  removedIds: listOf(containerId),
}) satisfies z.ZodType<Inventory>

/** What a column of 64 bits can hold. */
const amount = z
  .number()
  .nonnegative()
  .max(2 ** 63)
  .exactOptional()

const containerTotals = z.object({
  kind: z.literal('container-totals'),
  host: z.string().min(1).max(255),
  containerId,
  name: z.string(),
  image: z.string(),
  tags: listOf(z.string()),
  startedAtMs: timeMs,
  finishedAtMs: timeMs,
  exitCode: z.number().int().exactOptional(),
  wasOomKilled: z.boolean(),
  cpuNanos: amount,
  cpuUserNanos: amount,
  cpuSystemNanos: amount,
  memoryPeakBytes: amount,
  readBytes: amount,
  writtenBytes: amount,
  receivedBytes: amount,
  sentBytes: amount,
  throttledNanos: amount,
  method: z.enum(['last_reading', 'parent_remainder', 'last_sample', 'none']),
  isExact: z.boolean(),
  reason: z.string(),
}) satisfies z.ZodType<ContainerTotals>

const logLedger = z.object({
  kind: z.literal('log-ledger'),
  host: z.string().min(1).max(255),
  name: z.string().min(1).max(4200),
  containerId: z.union([z.literal(''), containerId]),
  containerName: z.string(),
  timeMs,
  way: z.string(),
  writtenBytes: count,
  readBytes: count,
  readLines: count,
  sentBytes: count,
  sentLines: count,
  droppedLines: count,
  refusedLines: count,
  truncatedLines: count,
  lostBytes: count,
  rotations: count,
  waitingLines: count,
  unansweredLines: count,
}) satisfies z.ZodType<LogLedger>

/** Kinds of items that an older agent does not know it has handed on none of. */
const itemCounts = z.object({
  points: count.default(0),
  sketches: count.default(0),
  events: count.default(0),
  serviceChecks: count.default(0),
  containerTotals: count.default(0),
})

const problems = z.object({
  count,
  newest: listOf(z.object({ message: z.string(), count, lastAtMs: timeMs })),
})

const sourceWork = z.object({
  runs: count,
  lastRunMs: z.number().nonnegative(),
  averageRunMs: z.number().nonnegative(),
  lastRun: itemCounts,
  total: itemCounts,
  warnings: problems,
  errors: problems,
  notes: listOf(z.string()).default([]),
}) satisfies z.ZodType<SourceWork>

const endpoint = z.object({
  name: z.string(),
  url: z.string(),
  state: z.enum(['delivering', 'retrying', 'refusing', 'idle']),
  message: z.string(),
  waiting: count,
  memoryBytes: count,
  diskBytes: count,
  delivered: count,
  retried: count,
  setAside: count,
  dropped: count,
  lastDeliveredAtMs: timeMs.exactOptional(),
})

const agentReport = z.object({
  kind: z.literal('agent-report'),
  agentId: z.string().max(64).exactOptional(),
  host: z.string().min(1).max(255),
  timeMs,
  version: z.string(),
  pid: count,
  startedAtMs: timeMs,
  cpuRatio: z.number().nonnegative(),
  rssBytes: z.number().nonnegative(),
  sources: listOf(
    z.object({
      name: z.string(),
      state: z.enum(['running', 'degraded', 'backoff', 'stopped']),
      message: z.string(),
      restarts: count,
      lastRunAtMs: timeMs.exactOptional(),
      work: sourceWork.exactOptional(),
    }),
  ),
  engine: z
    .object({
      endpoint: z.string(),
      isReachable: z.boolean(),
      message: z.string(),
      version: z.string().exactOptional(),
    })
    .exactOptional(),
  dropped: recordOf(z.number().nonnegative()),
  bufferedBytes: z.number().nonnegative(),
  endpoints: listOf(endpoint, 100).exactOptional(),
  hostFacts: z.object({
    cpuCount: z.number().nonnegative(),
    memoryBytes: z.number().nonnegative(),
    os: z.string(),
    kernel: z.string(),
    cgroupVersion: z.enum(['v1', 'v2', 'none']),
  }),
}) satisfies z.ZodType<AgentReport>

const processFacts = z.object({
  pid: count,
  parentPid: count,
  uid: count.exactOptional(),
  command: z.string().max(1000),
  state: z.string().max(1),
  threads: count.exactOptional(),
  startedAtMs: timeMs.exactOptional(),
  cpuRatio: z.number().nonnegative().exactOptional(),
  rssBytes: count.exactOptional(),
}) satisfies z.ZodType<ProcessFacts>

const processList = z.object({
  kind: z.literal('process-list'),
  host: z.string().min(1).max(255),
  containerId,
  timeMs,
  count,
  processes: listOf(processFacts, mostProcesses),
}) satisfies z.ZodType<ProcessList>

const body = z.object({
  inventories: listOf(inventory).default([]),
  totals: listOf(containerTotals).default([]),
  ledgers: listOf(logLedger).default([]),
  agentReports: listOf(agentReport).default([]),
  processes: listOf(processList).default([]),
}) satisfies z.ZodType<Report>

/**
 * Reads the JSON body of `/api/vigie/v1/report`; each list may be absent. Unknown keys are left out, so that a newer
 * agent can report to an older server.
 * @throws {WireError} Naming the first place that does not fit.
 * @see docs/reference/report-route.md
 */
export function decodeReport(bytes: Uint8Array): Report {
  return parseJson(bytes, body, 'the report')
}
