import { z } from 'zod'

/** A plain number of seconds, as Datadog's options have it; milliseconds once parsed. */
export function secondsWithin(min: number, max: number): z.ZodType<number, number> {
  return z
    .number()
    .min(min)
    .max(max)
    .transform((seconds) => Math.round(seconds * 1000))
    .meta({ allowed: `a number of seconds from ${min} to ${max}` })
}
