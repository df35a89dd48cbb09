import { z } from 'zod'
import type { MetricRow, MetricsAnswer, MetricTagsAnswer } from '../contract/metrics.ts'

const text = z.string()

const row = z.object({
  name: text,
  kind: z.enum(['gauge', 'rate', 'count', 'distribution']),
  unit: text.meta({ description: '`byte/second`; empty when unknown' }),
  description: text,
  series: z.number().meta({ description: 'Series in use, exact to a day' }),
  intervalS: z.number(),
  seenS: z.number().meta({ description: 'Unix seconds, exact to a day' }),
}) satisfies z.ZodType<MetricRow>

/** `MetricsAnswer` of the contract. */
export const metricsSchema = z.object({
  metrics: z.array(row).readonly(),
  isCut: z.boolean(),
}) satisfies z.ZodType<MetricsAnswer>

/** `MetricTagsAnswer` of the contract. */
export const metricTagsSchema = z.object({
  keys: z
    .array(
      z.object({
        key: text,
        count: z.number().meta({ description: 'How many different values there are' }),
        values: z.array(text).readonly().meta({ description: 'The most frequent first' }),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<MetricTagsAnswer>
