import { z } from 'zod'
import type { EventRow, EventsAnswer } from '../contract/happenings.ts'

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
