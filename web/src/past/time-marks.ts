import type { Span } from '../data/history.ts'

const minuteS = 60
const hourS = 3600
const dayS = 86_400
/** The distances at which times are written under the bar. */
const steps = [
  minuteS,
  2 * minuteS,
  5 * minuteS,
  10 * minuteS,
  15 * minuteS,
  30 * minuteS,
  hourS,
  2 * hourS,
  3 * hourS,
  6 * hourS,
  12 * hourS,
  dayS,
  2 * dayS,
  7 * dayS,
  14 * dayS,
  30 * dayS,
  90 * dayS,
]

/** The round times of the reader's clock in a span, at most `most` of them, and whether they are days. */
export function timeMarks(
  { fromS, toS }: Span,
  most: number,
): { readonly seconds: readonly number[]; readonly areDays: boolean } {
  const stepS = steps.find((step) => (toS - fromS) / step <= most) ?? toS - fromS
  const offsetS = new Date(toS * 1000).getTimezoneOffset() * -60
  const firstS = Math.ceil((fromS + offsetS) / stepS) * stepS - offsetS
  const seconds: number[] = []
  for (let second = firstS; second <= toS; second += stepS) seconds.push(second)
  return { seconds, areDays: stepS >= dayS }
}
