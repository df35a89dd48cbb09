import type { LiveTarget } from '../store/live-table.ts'
import type { SeriesPoints } from '../wire/datadog-series/decode-json.ts'
import { PointList } from '../wire/datadog-series/point-list.ts'
import { identifySeries } from './identify-series.ts'
import type { Intake } from './intake.ts'

/** The points of decoded series as columns, with where they go. */
export function listPoints(
  intake: Intake,
  decoded: readonly SeriesPoints[],
): PointList<LiveTarget> {
  const list = new PointList<LiveTarget>()
  for (const { series, points } of decoded) {
    const first = list.length
    for (const { timeS, value } of points) list.add(timeS, value)
    list.setSeries(first, identifySeries(intake, series))
  }
  return list
}
