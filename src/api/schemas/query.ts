import { z } from 'zod'
import type {
  ErrorAnswer,
  QueryAnswer,
  ScalarAnswer,
  SqlAnswer,
  TimeseriesAnswer,
} from '../contract/query.ts'

const text = z.string()
const units = z
  .array(
    z
      .object({
        family: text,
        name: text,
        plural: text,
        short_name: text,
        scale_factor: z.number(),
      })
      .nullable(),
  )
  .readonly()

const series = z.object({
  metric: text,
  display_name: text,
  aggr: text,
  expression: text,
  scope: text,
  tag_set: z.array(text).readonly(),
  query_index: z.number(),
  start: z.number(),
  end: z.number(),
  interval: z.number().meta({ description: 'Seconds between two points' }),
  length: z.number(),
  pointlist: z
    .array(z.tuple([z.number(), z.number().nullable()]).readonly())
    .readonly()
    .meta({ description: '[Unix milliseconds, value]; null where nothing was stored' }),
  unit: units,
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

/** `TimeseriesAnswer` of the contract. */
export const timeseriesAnswerSchema = z.object({
  data: z.object({
    type: z.literal('timeseries_response'),
    attributes: z.object({
      times: z.array(z.number()).readonly().meta({ description: 'Unix milliseconds' }),
      series: z
        .array(
          z.object({
            group_tags: z.array(text).readonly(),
            query_index: z.number(),
            unit: units.nullable(),
          }),
        )
        .readonly(),
      values: z.array(z.array(z.number().nullable()).readonly()).readonly(),
      notes: z.array(text).readonly(),
    }),
  }),
}) satisfies z.ZodType<TimeseriesAnswer>

/** `ScalarAnswer` of the contract. */
export const scalarAnswerSchema = z.object({
  data: z.object({
    type: z.literal('scalar_response'),
    attributes: z.object({
      columns: z
        .array(
          z.discriminatedUnion('type', [
            z.object({
              type: z.literal('group'),
              name: text,
              values: z.array(z.array(text).readonly()).readonly(),
            }),
            z.object({
              type: z.literal('number'),
              name: text,
              values: z.array(z.number().nullable()).readonly(),
              meta: z.object({ unit: units.nullable() }),
            }),
          ]),
        )
        .readonly(),
      notes: z.array(text).readonly(),
    }),
  }),
}) satisfies z.ZodType<ScalarAnswer>

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
