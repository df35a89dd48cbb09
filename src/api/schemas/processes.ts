import { z } from 'zod'
import type { ProcessList, ProcessRow } from '../contract/processes.ts'

const row = z.object({
  pid: z.number().meta({ description: 'As the host counts processes' }),
  parentPid: z.number(),
  uid: z.number().nullable().meta({ description: "The user's number on the host" }),
  command: z.string().meta({ description: 'With its arguments; secrets are masked' }),
  state: z.string().meta({ description: 'As the kernel writes it: R, S, D, Z, T, I' }),
  threads: z.number().nullable(),
  startedAtMs: z.number().nullable().meta({ description: 'Unix milliseconds' }),
  cpu: z.number().nullable().meta({ description: '% of one core since the reading before' }),
  memoryRssBytes: z.number().nullable(),
}) satisfies z.ZodType<ProcessRow>

/** `ProcessList` of the contract. */
export const processListSchema = z.object({
  readAtMs: z
    .number()
    .nullable()
    .meta({ description: 'Unix milliseconds; null before the first reading' }),
  count: z.number(),
  processes: z.array(row).readonly(),
}) satisfies z.ZodType<ProcessList>
