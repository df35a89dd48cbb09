import { z } from 'zod'
import type { RunList, RunRow, RunSums } from '../contract/runs.ts'

const amount = z.number().nullable()
const timeMs = z.number().meta({ description: 'Unix milliseconds' })
const text = z.string()

const amounts = {
  cpuSeconds: amount,
  userSeconds: amount,
  systemSeconds: amount,
  throttledSeconds: amount,
  readBytes: amount,
  writtenBytes: amount,
  receivedBytes: amount,
  sentBytes: amount,
}

const row = z.object({
  containerId: text,
  host: text,
  name: text,
  image: text,
  shortImage: text,
  tags: z.array(text).readonly(),
  startedAt: timeMs,
  finishedAt: timeMs,
  exitCode: z.number().nullable(),
  oomKilled: z.boolean(),
  ...amounts,
  memoryPeakBytes: amount,
  exact: z.boolean().meta({
    description: 'false when the CPU total could be off by more than 10 ms and 2 %',
  }),
  method: z
    .enum(['last_reading', 'parent_remainder', 'last_sample', 'none'])
    .meta({ description: 'How the CPU total was taken' }),
  reason: text.meta({ description: 'Why it is not exact; empty when it is' }),
}) satisfies z.ZodType<RunRow>

const sums = z
  .object({
    runs: z.number(),
    exact: z.number(),
    ...amounts,
    memoryPeakBytes: amount.meta({ description: 'The highest of them' }),
  })
  .meta({
    description: 'All runs that match, those beyond the limit too',
  }) satisfies z.ZodType<RunSums>

/** `RunList` of the contract. */
export const runListSchema = z.object({
  time: timeMs,
  since: timeMs,
  runs: z.array(row).readonly(),
  sums,
}) satisfies z.ZodType<RunList>
