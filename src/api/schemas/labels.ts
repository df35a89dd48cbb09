import { z } from 'zod'
import type { LabelList, LabelValues } from '../contract/labels.ts'

/** `LabelList` of the contract. */
export const labelListSchema = z.object({
  labels: z
    .array(
      z.object({
        name: z.string(),
        containers: z.number().meta({ description: 'How many have it' }),
        values: z.number().meta({ description: 'How many different ones; 1000 and more are 1000' }),
      }),
    )
    .readonly(),
  count: z.number().meta({ description: 'How many labels there are, listed or not' }),
}) satisfies z.ZodType<LabelList>

/** `LabelValues` of the contract. */
export const labelValuesSchema = z.object({
  values: z.array(z.array(z.string().nullable()).readonly()).readonly().meta({
    description:
      'A list for each label, with a value for each container; null: it has no such label',
  }),
}) satisfies z.ZodType<LabelValues>
