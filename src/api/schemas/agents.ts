import { z } from 'zod'
import type {
  AgentList,
  AgentRow,
  AgentSummary,
  EndpointState,
  ItemCounts,
  ProblemList,
  SourceState,
  SourceWork,
} from '../contract/agents.ts'

const timeMs = z.number().meta({ description: 'Unix milliseconds' })
const figure = z.number().exactOptional()
const text = z.string()

const itemCounts = z.object({
  points: z.number(),
  sketches: z.number().meta({ description: 'Distributions of values' }),
  events: z.number(),
  serviceChecks: z.number(),
  containerTotals: z.number().meta({ description: 'Runs of containers that have ended' }),
}) satisfies z.ZodType<ItemCounts>

const problems = z.object({
  count: z.number(),
  newest: z
    .array(z.object({ message: text, count: z.number(), lastAt: timeMs }))
    .readonly()
    .meta({
      description: 'Different sentences, the newest first, each with how often it was told',
    }),
}) satisfies z.ZodType<ProblemList>

const sourceWork = z.object({
  runs: z.number(),
  lastRunMs: z.number(),
  averageRunMs: z.number(),
  lastRun: itemCounts.meta({ description: 'Handed on in the last finished run' }),
  total: itemCounts.meta({ description: 'Handed on since the start' }),
  warnings: problems.meta({ description: 'It ran without something it needs' }),
  errors: problems.meta({ description: 'It failed' }),
  notes: z
    .array(text)
    .readonly()
    .meta({ description: 'In which of several ways it works at present' }),
}) satisfies z.ZodType<SourceWork>

const endpointState = z.object({
  name: text,
  url: text,
  state: z.enum(['delivering', 'retrying', 'refusing', 'idle']),
  message: text,
}) satisfies z.ZodType<EndpointState>

const sourceState = z.object({
  name: text,
  state: z.enum(['running', 'degraded', 'backoff', 'stopped']),
  message: text,
  restarts: z.number(),
}) satisfies z.ZodType<SourceState>

const sentTo = 'Where it sends to, and whether that works'

/** `AgentSummary` of the contract. */
export const agentSummarySchema = z.object({
  id: text,
  host: text,
  kind: z.enum(['vigie', 'datadog']).meta({
    description:
      'Whose: a Datadog Agent is known by what it posts, so that its sources and cost are unknown',
  }),
  conflict: text.meta({
    description: 'One sentence when another machine goes by the same name; else empty',
  }),
  lagMs: z.number().meta({ description: 'How late its newest report came, by our clock' }),
  endpoints: z.array(endpointState).readonly().meta({ description: sentTo }),
  version: text,
  pid: z.number(),
  startedAt: timeMs,
  reportedAt: timeMs,
  away: z.boolean().meta({
    description: 'No report for more than 5 s, of a Datadog Agent for more than a minute',
  }),
  cpuRatio: z.number().meta({ description: 'Share of one core: 0.01 is 1 %' }),
  rssBytes: z.number(),
  sources: z.array(sourceState).readonly(),
  engine: z
    .object({ endpoint: text, reachable: z.boolean(), message: text, version: text.nullable() })
    .nullable(),
  hostFacts: z.object({
    cpuCount: z.number(),
    memoryBytes: z.number(),
    os: text,
    kernel: text,
    cgroupVersion: text,
  }),
  hostTags: z
    .array(text)
    .readonly()
    .exactOptional()
    .meta({ description: 'Tags of the host, where a Datadog Agent tells some' }),
  figures: z
    .object({
      cpu: figure,
      memoryUsed: figure,
      memoryTotal: figure,
      load1: figure,
      netRcvd: figure,
      netSent: figure,
      ioRead: figure,
      ioWritten: figure,
    })
    .meta({
      description: 'Of the host: CPU in % of all cores, memory in bytes, rates in bytes a second',
    }),
}) satisfies z.ZodType<AgentSummary>

const row = agentSummarySchema.extend({
  endpoints: z
    .array(
      endpointState.extend({
        waiting: z.number(),
        memoryBytes: z.number(),
        diskBytes: z.number(),
        delivered: z.number(),
        retried: z.number(),
        setAside: z.number(),
        dropped: z.number(),
        lastDeliveredAt: timeMs.nullable(),
      }),
    )
    .readonly()
    .meta({ description: sentTo }),
  sources: z
    .array(
      sourceState.extend({
        lastRunAt: timeMs.nullable(),
        work: sourceWork
          .exactOptional()
          .meta({ description: 'What it has done; absent where the agent is too old to tell' }),
      }),
    )
    .readonly(),
  dropped: z
    .record(text, z.number())
    .meta({ description: 'Items dropped since the start, by reason' }),
  bufferedBytes: z.number(),
}) satisfies z.ZodType<AgentRow>

/** `AgentList` of the contract. */
export const agentListSchema = z.object({
  time: timeMs,
  server: z.object({
    version: text,
    pid: z.number(),
    startedAt: timeMs,
    rssBytes: z.number(),
    cpuRatio: z.number(),
    counts: z
      .record(text, z.number())
      .meta({ description: 'What the intake took in and dropped since the start, by reason' }),
    store: z.object({
      bytesOnDisk: z.number(),
      maxBytes: z.number().meta({ description: '0 for no bound but the disk’s' }),
      droppedForSpace: z.object({ bytes: z.number(), untilMs: timeMs }).nullable().meta({
        description: 'What went before its time because of that bound, in the last seven days',
      }),
      isDiskFull: z
        .boolean()
        .meta({ description: 'Nothing is taken in until there is room on its disk' }),
      lateHours: z
        .number()
        .meta({ description: 'Hours with points that came late and are not rolled up yet' }),
      tiers: z
        .array(z.object({ stepS: z.number(), keptFromMs: timeMs }))
        .readonly()
        .meta({ description: 'Where each table of points begins, finest first' }),
    }),
  }),
  agents: z.array(row).readonly(),
}) satisfies z.ZodType<AgentList>
