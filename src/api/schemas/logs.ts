import { z } from 'zod'
import { logLevels, logOutputs } from '../../model/log-level.ts'
import type {
  LogContext,
  LogFacets,
  LogHistogram,
  LogLedgerList,
  LogList,
  LogRow,
} from '../contract/logs.ts'

const text = z.string()
const count = z.number()
const timeMs = z.number().meta({ description: 'Unix milliseconds' })
const level = z.enum(logLevels)

const row = z.object({
  id: text.meta({ description: 'Names the line: for permalinks and its context' }),
  time: timeMs,
  timeNanos: count.meta({ description: 'Nanoseconds beyond the milliseconds' }),
  host: text,
  containerId: text,
  containerName: text,
  image: text,
  service: text,
  source: text,
  level,
  stream: z.enum(logOutputs),
  message: text,
  attributes: z.record(text, text).readonly(),
  tags: z.array(text).readonly(),
}) satisfies z.ZodType<LogRow>

const rows = z.array(row).readonly()

/** `LogList` of the contract. */
export const logListSchema = z.object({
  from: timeMs,
  to: timeMs,
  rows,
  next: text.nullable().meta({ description: '`cursor` of the page that follows' }),
  tail: text.meta({ description: '`after` of a stream that goes on from here' }),
}) satisfies z.ZodType<LogList>

/** `LogHistogram` of the contract. */
export const logHistogramSchema = z.object({
  from: timeMs,
  to: timeMs,
  stepMs: count,
  times: z.array(timeMs).readonly(),
  levels: z.array(z.object({ level, counts: z.array(count).readonly() })).readonly(),
  total: count,
}) satisfies z.ZodType<LogHistogram>

/** `LogFacets` of the contract. */
export const logFacetsSchema = z.object({
  from: timeMs,
  to: timeMs,
  facets: z
    .array(
      z.object({
        field: text,
        values: z.array(z.object({ value: text, count })).readonly(),
      }),
    )
    .readonly(),
  sampledLines: count
    .nullable()
    .meta({ description: 'How many of the newest lines were counted; null when all were' }),
}) satisfies z.ZodType<LogFacets>

/** `LogContext` of the contract. */
export const logContextSchema = z.object({
  rows,
  id: text,
  hasBefore: z.boolean(),
  hasAfter: z.boolean(),
}) satisfies z.ZodType<LogContext>

const ledger = z.object({
  host: text,
  name: text,
  containerId: text,
  containerName: text,
  time: timeMs,
  way: text,
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
  storedLines: count,
  duplicatedLines: count,
})

/** `LogLedgerList` of the contract. */
export const logLedgerListSchema = z.object({
  ledgers: z.array(ledger).readonly(),
}) satisfies z.ZodType<LogLedgerList>
