import type { Series } from '../model/series.ts'
import type { LiveTarget } from '../store/live-table.ts'
import type { Intake } from './intake.ts'
import { normaliseHost, normaliseMetric, normaliseTags } from './normalise.ts'

/**
 * Where the points of a series go, in the store and in the live table. Undefined, and counted, for a series without a
 * usable name or for which the store has no room.
 */
export function identifySeries(intake: Intake, series: Series): LiveTarget | undefined {
  const metric = normaliseMetric(series.metric)
  if (metric === '') {
    intake.counts.add('series_dropped.name', 1)
    return undefined
  }
  const stored = intake.registry.resolve({
    ...series,
    metric,
    host: normaliseHost(series.host),
    tags: normaliseTags(series.tags),
  })
  if (stored === undefined) {
    intake.counts.add('series_dropped.too_many', 1)
    return undefined
  }
  return intake.live.follow(stored)
}
