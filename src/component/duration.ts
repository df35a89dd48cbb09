import { z } from 'zod'

const unitMs: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

const grammar = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/

/** A length of time as people write it, `250ms`, `10s`, `5m`, `1h`, `7d`; whole milliseconds once parsed. */
export const duration: z.ZodType<number, string> = durationType(
  'a duration with its unit, such as 250ms, 10s, 5m, 1h or 7d',
  (ms) => Number.isSafeInteger(ms),
)

/** Like {@link duration}, from `min` to `max`, both allowed and both written the same way. */
export function durationWithin(min: string, max: string): z.ZodType<number, string> {
  const [minMs, maxMs] = [duration.parse(min), duration.parse(max)]
  return durationType(
    `a duration with its unit, from ${min} to ${max}`,
    (ms) => ms >= minMs && ms <= maxMs,
  )
}

function durationType(
  allowed: string,
  isAllowed: (ms: number) => boolean,
): z.ZodType<number, string> {
  return z
    .string()
    .regex(grammar, `Expected ${allowed}`)
    .transform(toMilliseconds)
    .refine(isAllowed, `Expected ${allowed}`)
    .meta({ allowed })
}

function toMilliseconds(text: string): number {
  const [, count = '', unit = ''] = grammar.exec(text) ?? []
  return Math.round(Number(count) * (unitMs.get(unit) ?? Number.NaN))
}
