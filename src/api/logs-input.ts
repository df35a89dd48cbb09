import { z } from 'zod'
import { HttpError } from '../http/http-error.ts'
import type { LogRange } from '../query/logs/log-store.ts'

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
/** The last millisecond of the year 2200, which the store can still hold. */
const latestMs = 7_289_654_399_999
const sinceRule = 'expected how far to look back, such as 90s, 15m, 1h or 7d, at most 3650d'
const timeRule = 'expected Unix milliseconds'

const timeMs = z.coerce
  .number({ error: timeRule })
  .int(timeRule)
  .min(0, timeRule)
  .max(latestMs, timeRule)

/** The parameter that says which lines are meant. */
export const logQueryInput = z
  .string()
  .default('')
  .meta({ description: 'Words, key:value, /regex/; every line when empty' })

/** Parameters of every question about a time. */
export const logRangeInput = {
  query: logQueryInput,
  from: timeMs.optional().meta({ description: 'Unix milliseconds' }),
  to: timeMs.optional().meta({ description: 'Unix milliseconds; now when absent' }),
  since: z
    .string()
    .regex(/^\d{1,9}[smhd]$/, sinceRule)
    .default('1h')
    .transform((text) => Number(text.slice(0, -1)) * (unitMs[text.slice(-1)] ?? Number.NaN))
    .refine((ms) => ms > 0 && ms <= 3650 * 86_400_000, sinceRule)
    .meta({ description: 'How far before its end the range begins, unless `from` says so' }),
}

interface RangeInput {
  readonly query: string
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Milliseconds. */
  readonly since: number
}

/**
 * The range that is asked for.
 * @throws {HttpError} 400 when it ends before it begins.
 */
export function toLogRange(input: RangeInput, nowMs: number): LogRange {
  const toMs = input.to ?? nowMs
  const fromMs = input.from ?? Math.max(0, toMs - input.since)
  if (fromMs <= toMs) return { query: input.query, fromMs, toMs }
  throw new HttpError(400, 'Cannot read the request: query.from: it is later than query.to')
}

/** A whole number within bounds. */
export function wholeNumber(min: number, max: number): z.ZodCoercedNumber {
  const rule = `expected a whole number from ${min} to ${max}`
  return z.coerce.number({ error: rule }).int(rule).min(min, rule).max(max, rule)
}
