import { formatLabels, keyOf } from '../../../model/prometheus/labels.ts'
import { PrometheusError } from '../prometheus-error.ts'
import type { Line } from './values.ts'

/**
 * Lines with the same labels as one.
 * @throws {PrometheusError} `execution` when two have a sample at the same moment.
 */
export function uniteLines(lines: readonly Line[]): readonly Line[] {
  const byLabels = new Map<string, Line>()
  for (const line of lines) {
    const key = keyOf(line.labels)
    const first = byLabels.get(key)
    byLabels.set(key, first === undefined ? line : uniteTwo(first, line))
  }
  return byLabels.size === lines.length ? lines : [...byLabels.values()]
}

function uniteTwo(one: Line, other: Line): Line {
  const values = one.values.slice()
  const has = one.has.slice()
  for (let index = 0; index < has.length; index += 1) {
    if (other.has[index] !== 1) continue
    if (has[index] === 1) {
      throw new PrometheusError(
        'execution',
        `the result would hold two series with the labels ${formatLabels(one.labels)}; keep a label that tells them apart`,
      )
    }
    has[index] = 1
    values[index] = other.values[index] ?? 0
  }
  return { labels: one.labels, values, has }
}
