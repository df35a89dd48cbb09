import type { Span } from '../../data/history.ts'

const dayS = 86_400
const intervalsS =
  `1 2 5 10 15 20 30 60 120 300 600 900 1200 1800 3600 7200 14400 21600 43200 ${dayS}`
    .split(' ')
    .map(Number)

/** Seconds between points, a length that clocks show well, so that there are not more than so many. */
export function roundInterval({ fromS, toS }: Span, mostPoints: number): number {
  const leastS = (toS - fromS) / mostPoints
  return intervalsS.find((seconds) => seconds >= leastS) ?? dayS * Math.ceil(leastS / dayS)
}
