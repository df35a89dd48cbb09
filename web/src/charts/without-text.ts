import { say, sayCount } from '../messages/charts.ts'
import { partsMissing, type Cell } from './stack-columns.ts'

/** So many are named. */
const mostNamed = 3

/** A time, and which parts a stack is without there. */
export function withoutText(
  time: string,
  row: number,
  parts: readonly { readonly label: string; readonly column: readonly Cell[] }[],
): string {
  const missing = partsMissing(
    parts.map(({ column }) => column),
    row,
  )
  if (missing.length === 0) return time
  const names = missing
    .slice(0, mostNamed)
    .map((part) => parts[part]?.label)
    .join(', ')
  const more = missing.length - mostNamed
  return more > 0
    ? sayCount('chart.withoutMore', more, { time, names })
    : say('chart.without', { time, names })
}
