import { z } from 'zod'
import { defineStage } from '../../../component/stage.ts'
import type { Item } from '../../../model/item.ts'
import type { Series, SeriesIdentity } from '../../../model/series.ts'

export default defineStage({
  name: 'host-tags',
  about: 'Puts the tags of the host (`DD_TAGS`) on every point, event, service check and total',
  config: z.strictObject({}),
  create(_config, { hostTags, hostname }) {
    if (hostTags.length === 0) return { apply: (batch) => batch }
    const { isOfHost, withTags } = createHostTagger(hostname, hostTags)
    const tagSeries = createSeriesTagger<Series>({ isOfHost, withTags })
    const tagIdentity = createSeriesTagger<SeriesIdentity>({ isOfHost, withTags })
    const addTags = (item: Item): Item => {
      switch (item.kind) {
        case 'point':
          return { ...item, series: tagSeries(item.series) }
        case 'sketch':
          return { ...item, series: tagIdentity(item.series) }
        case 'event':
        case 'service-check':
        case 'container-totals':
          return isOfHost(item) ? { ...item, tags: withTags(item.tags) } : item
        case 'inventory':
        case 'log-ledger':
        case 'agent-report':
        case 'process-list':
          return item
      }
    }
    return { apply: (batch) => batch.map(addTags) }
  },
})

interface HostTagger {
  /** What clients of DogStatsD file under another host, or under none, is not of this one. */
  readonly isOfHost: (of: { readonly host: string }) => boolean
  readonly withTags: (tags: readonly string[]) => readonly string[]
}

function createHostTagger(hostname: string, hostTags: readonly string[]): HostTagger {
  return {
    isOfHost: ({ host }) => host === hostname,
    withTags: (tags) => [...new Set([...tags, ...hostTags])],
  }
}

/** Gives the same object for the same series. */
function createSeriesTagger<Identity extends SeriesIdentity>({
  isOfHost,
  withTags,
}: HostTagger): (series: Identity) => Identity {
  const tagged = new WeakMap<Identity, Identity>()
  return (series) => {
    if (!isOfHost(series)) return series
    const known = tagged.get(series)
    if (known) return known
    const made = { ...series, tags: withTags(series.tags) }
    tagged.set(series, made)
    return made
  }
}
