import type { Series, SeriesIdentity } from '../model/series.ts'
import type { LiveTarget } from '../store/live-table.ts'
import type { NewSeries } from '../store/series-registry.ts'
import type { StoredSeries } from '../store/store.ts'
import type { Intake } from './intake.ts'
import { normaliseHost, normaliseMetric, normaliseTags } from './normalise.ts'

/**
 * Where the points of a series go, in the store and in the live table. Undefined, and counted, for a series without a
 * usable name or for which the store has no room.
 */
export function identifySeries(intake: Intake, series: Series): LiveTarget | undefined {
  const stored = store(intake, series)
  return stored && intake.live.follow(stored)
}

/** The same for a series whose names and tags are to stay as they are. */
export function identifyExactly(intake: Intake, series: Series): LiveTarget | undefined {
  const stored = resolve(intake, series)
  return stored && intake.live.follow(stored)
}

/** The stored form of a distribution; undefined, and counted, as for any series. */
export function identifyDistribution(
  intake: Intake,
  series: SeriesIdentity,
): StoredSeries | undefined {
  return store(intake, { ...series, kind: 'distribution' })
}

function store(intake: Intake, series: NewSeries): StoredSeries | undefined {
  const metric = normaliseMetric(series.metric)
  if (metric === '') {
    intake.counts.add('series_dropped.name', 1)
    return undefined
  }
  return resolve(intake, {
    ...series,
    metric,
    host: normaliseHost(series.host),
    tags: normaliseTags(series.tags),
  })
}

function resolve(intake: Intake, series: NewSeries): StoredSeries | undefined {
  const stored = intake.registry.resolve(series)
  if (stored === undefined) intake.counts.add('series_dropped.too_many', 1)
  return stored
}
