import { z } from 'zod'
import {
  happeningKinds,
  type EventRow,
  type EventsAnswer,
  type HappeningCounts,
  type HappeningRow,
  type HappeningsAnswer,
} from '../contract/happenings.ts'

const text = z.string()

const row = z.object({
  timeMs: z.number().meta({ description: 'Unix milliseconds' }),
  id: text,
  title: text,
  text,
  alertType: text.meta({ description: 'error, warning, info, success' }),
  source: text,
  host: text,
  tags: z.array(text).readonly(),
}) satisfies z.ZodType<EventRow>

/** `EventsAnswer` of the contract. */
export const eventsSchema = z.object({
  events: z.array(row).readonly(),
  isCut: z.boolean(),
}) satisfies z.ZodType<EventsAnswer>

const happening = z.object({
  id: text,
  timeMs: z.number().meta({ description: 'Unix milliseconds' }),
  kind: z.enum(happeningKinds),
  action: text,
  tone: z.enum(['none', 'ok', 'warning', 'critical']),
  title: text,
  text,
  host: text,
  actor: text.meta({ description: 'docker, the name of a service check, the source of an event' }),
  container: z
    .object({ id: text, name: text, image: text })
    .nullable()
    .meta({ description: 'The id is empty where only the name is known' }),
  exitCode: z.number().nullable(),
  ranMs: z.number().nullable().meta({ description: 'Milliseconds that a run lasted that ended' }),
  tags: z.array(text).readonly(),
}) satisfies z.ZodType<HappeningRow>

/** `HappeningsAnswer` of the contract. */
export const happeningsSchema = z.object({
  happenings: z.array(happening).readonly(),
  next: text.nullable().meta({ description: '`before` of the next page' }),
}) satisfies z.ZodType<HappeningsAnswer>

const count = z.number()
const values = z.array(z.object({ value: text, count })).readonly()

/** `HappeningCounts` of the contract. */
export const happeningCountsSchema = z.object({
  total: count,
  stepS: count.meta({ description: 'Seconds of one bar' }),
  fromS: count.meta({ description: 'Unix seconds: where the first bar begins' }),
  bars: z
    .array(z.object({ kind: z.enum(happeningKinds), counts: z.array(count).readonly() }))
    .readonly(),
  facets: z.object({
    kind: values,
    action: values,
    container: values,
    image: values,
    host: values,
    actor: values,
  }),
}) satisfies z.ZodType<HappeningCounts>
