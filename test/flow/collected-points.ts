import { normaliseMetric, normaliseTags } from '../../src/intake/normalise.ts'
import { askSql } from './vigie-process.ts'

/** What came of one series: how many points, and their sum. */
export interface SeriesSum {
  readonly count: number
  readonly sum: number
}

interface PrintedPoint {
  readonly kind: string
  readonly timeMs: number
  readonly value: number
  readonly series: { readonly metric: string; readonly tags: readonly string[] }
}

/** Of each series what the sink `console` printed of it, by name and tags as the intake has them. */
export function collectPoints(output: string): Map<string, SeriesSum> {
  const values = new Map<string, Map<number, number>>()
  for (const line of output.split('\n')) {
    if (!line.startsWith('{"kind":"point"')) continue
    const { series, timeMs, value }: PrintedPoint = JSON.parse(line)
    const name = nameOf(normaliseMetric(series.metric), normaliseTags(series.tags))
    const bySecond = values.get(name) ?? new Map<number, number>()
    // A later point of the same second takes the place of the one before, as in the store.
    bySecond.set(Math.floor(timeMs / 1000), value)
    values.set(name, bySecond)
  }
  return new Map(
    Array.from(values, ([name, points]) => [
      name,
      { count: points.size, sum: [...points.values()].reduce((sum, value) => sum + value, 0) },
    ]),
  )
}

/** Of each series of a host what is in the store of the last hour, by name and tags. */
export async function readStoredSeries(
  url: string,
  host: string,
  token?: string,
): Promise<Map<string, SeriesSum>> {
  const rows = await askSql(
    url,
    `SELECT metric, tags, count(), sum(value) FROM metrics
     WHERE host = '${host}' AND time > now() - 3600 GROUP BY metric, tags`,
    token,
  )
  return new Map(
    rows.map(([metric, tags, count, sum]) => [
      nameOf(String(metric), Array.isArray(tags) ? tags.map(String) : []),
      { count: Number(count), sum: Number(sum) },
    ]),
  )
}

/** A sentence for each series that is not the same in both. */
export function compareSeries(
  sent: ReadonlyMap<string, SeriesSum>,
  stored: ReadonlyMap<string, SeriesSum>,
): readonly string[] {
  return Array.from(sent).flatMap(([name, wanted]) => {
    const found = stored.get(name) ?? { count: 0, sum: 0 }
    const isSame =
      found.count === wanted.count &&
      Math.abs(found.sum - wanted.sum) <= 1e-9 * Math.abs(wanted.sum)
    return isSame
      ? []
      : [`${name}: ${found.count} of ${wanted.count} points, sum ${found.sum} of ${wanted.sum}`]
  })
}

function nameOf(metric: string, tags: readonly string[]): string {
  return `${metric}{${tags.toSorted().join(',')}}`
}
