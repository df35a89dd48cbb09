import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import type { Series, SeriesKind } from '../../../model/series.ts'
import type { OriginTable } from '../origin/origin-table.ts'
import type { MetricRules } from '../rules/metric-rules.ts'
import { listHistogramSuffixes, type HistogramSuffix } from './histogram-suffixes.ts'
import type { KnownContext } from './known-contexts.ts'
import { StringPool } from './string-pool.ts'

/** Seconds between two points of a series. */
export const intervalS = 10

export interface SeriesMakerParts {
  /** Host of what tells none. */
  readonly hostname: string
  readonly settings: Pick<DogstatsdSettings, 'histogram' | 'rules'>
  readonly metricRules: Pick<MetricRules, 'isWanted'>
  readonly origins: Pick<OriginTable, 'tagsOf'>
}

/** Makes the series of a context, once for as long as the tags of its origin stay the same. */
export class SeriesMaker {
  /** Values that the worker tells of each histogram. */
  readonly histogramSuffixes: readonly HistogramSuffix[]
  readonly #parts: SeriesMakerParts
  readonly #names = new StringPool()

  constructor(parts: SeriesMakerParts) {
    this.#parts = parts
    this.histogramSuffixes = listHistogramSuffixes(parts.settings.histogram)
  }

  /** The series of anything but a histogram; a sketch takes it as its identity. */
  seriesOf(context: KnownContext): Series {
    const known = this.#knownSeries(context)
    if (known !== undefined && !isSeveral(known)) return known
    const kind = context.type === 'count' ? 'rate' : 'gauge'
    const made = this.#make(context, { name: context.name, kind, tags: this.#allTags(context) })
    context.series = made
    return made
  }

  /** Those of a histogram, at the places of its values; `undefined` for a name that the configuration refuses. */
  seriesOfHistogram(context: KnownContext): readonly (Series | undefined)[] {
    const known = this.#knownSeries(context)
    if (known !== undefined && isSeveral(known)) return known
    const tags = this.#allTags(context)
    const made = this.histogramSuffixes.map(({ suffix, kind }) => {
      const name = this.#names.intern(`${context.name}${suffix}`)
      return this.#parts.metricRules.isWanted(name)
        ? this.#make(context, { name, kind, tags })
        : undefined
    })
    context.series = made
    return made
  }

  /** Those of the client first, then those of its container, then `dogstatsd_tags`; each once. */
  withAllTags(tags: readonly string[], originId: number): readonly string[] {
    const { origins, settings } = this.#parts
    return join(tags, origins.tagsOf(originId), settings.rules.tags)
  }

  hostOf(host: string | undefined): string {
    return host ?? this.#parts.hostname
  }

  #knownSeries(context: KnownContext): KnownContext['series'] {
    const originTags = this.#parts.origins.tagsOf(context.originId)
    if (context.originTags !== originTags) {
      context.originTags = originTags
      context.series = undefined
    }
    return context.series
  }

  #allTags({ tags, originId }: KnownContext): readonly string[] {
    return this.withAllTags(tags, originId)
  }

  #make(
    { host }: KnownContext,
    { name, kind, tags }: { name: string; kind: SeriesKind; tags: readonly string[] },
  ): Series {
    return { metric: name, kind, host: this.hostOf(host), tags, intervalS }
  }
}

function isSeveral(
  series: NonNullable<KnownContext['series']>,
): series is readonly (Series | undefined)[] {
  return Array.isArray(series)
}

/** The first list itself where the others are empty: most contexts then share nothing but need nothing more either. */
function join(
  first: readonly string[],
  second: readonly string[],
  third: readonly string[],
): readonly string[] {
  if (second.length === 0 && third.length === 0) return first
  return [...new Set([...first, ...second, ...third])]
}
