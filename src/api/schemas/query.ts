import { z } from 'zod'
import type { ErrorAnswer, QueryAnswer, SqlAnswer } from '../contract/query.ts'

const text = z.string()
const unit = z.object({ family: text, name: text }).nullable()

const series = z.object({
  metric: text,
  display_name: text,
  aggr: text,
  expression: text,
  scope: text,
  tag_set: z.array(text).readonly(),
  start: z.number(),
  end: z.number(),
  interval: z.number().meta({ description: 'Seconds between two points' }),
  length: z.number(),
  pointlist: z
    .array(z.tuple([z.number(), z.number().nullable()]).readonly())
    .readonly()
    .meta({ description: '[Unix milliseconds, value]; null where nothing was stored' }),
  unit: z.array(unit).readonly(),
})

/** `QueryAnswer` of the contract. */
export const queryAnswerSchema = z.object({
  status: z.enum(['ok', 'error']),
  error: text.exactOptional(),
  res_type: z.literal('time_series'),
  query: text,
  from_date: z.number(),
  to_date: z.number(),
  group_by: z.array(text).readonly(),
  message: text,
  series: z.array(series).readonly(),
}) satisfies z.ZodType<QueryAnswer>

/** `SqlAnswer` of the contract. */
export const sqlAnswerSchema = z.object({
  columns: z.array(z.object({ name: text, type: text })).readonly(),
  rows: z.array(z.array(z.unknown()).readonly()).readonly(),
}) satisfies z.ZodType<SqlAnswer>

/** `ErrorAnswer` of the contract. */
export const errorAnswerSchema = z.object({
  errors: z.tuple([text]).rest(text).readonly(),
  at: z
    .number()
    .exactOptional()
    .meta({ description: 'Where a query cannot be read, in UTF-16 units from its start' }),
}) satisfies z.ZodType<ErrorAnswer>
