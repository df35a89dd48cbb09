import { z } from 'zod'

const unitBytes: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
  ['tb', 1e12],
  ['kib', 2 ** 10],
  ['mib', 2 ** 20],
  ['gib', 2 ** 30],
  ['tib', 2 ** 40],
])

const grammar = /^(\d+(?:\.\d+)?)\s*(|b|[kmgt]i?b)$/i

/** An amount of memory or disk, `64MiB`, `500kB` or a plain number of bytes; whole bytes once parsed. */
export const byteSize: z.ZodType<number, string | number> = byteSizeType(
  'a size such as 64MiB, 500kB or 15728640 (bytes)',
  (bytes) => Number.isSafeInteger(bytes) && bytes >= 0,
)

/** Like {@link byteSize}, from `min` to `max`, both allowed and both written the same way. */
export function byteSizeWithin(min: string, max: string): z.ZodType<number, string | number> {
  const [minBytes, maxBytes] = [byteSize.parse(min), byteSize.parse(max)]
  return byteSizeType(
    `a size such as 64MiB or a number of bytes, from ${min} to ${max}`,
    (bytes) => Number.isInteger(bytes) && bytes >= minBytes && bytes <= maxBytes,
  )
}

function byteSizeType(
  allowed: string,
  isAllowed: (bytes: number) => boolean,
): z.ZodType<number, string | number> {
  return z
    .union([z.string().regex(grammar), z.number()], `Expected ${allowed}`)
    .transform(toBytes)
    .refine(isAllowed, `Expected ${allowed}`)
    .meta({ allowed })
}

function toBytes(given: string | number): number {
  if (typeof given === 'number') return given
  const [, count = '', unit = ''] = grammar.exec(given) ?? []
  return Math.round(Number(count) * (unitBytes.get(unit.toLowerCase()) ?? Number.NaN))
}
