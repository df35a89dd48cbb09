import { z } from 'zod'
import { defineStage } from '../../../component/stage.ts'
import type { Item } from '../../../model/item.ts'
import type { Series } from '../../../model/series.ts'

export default defineStage({
  name: 'host-tags',
  about: 'Puts the tags of the host (`DD_TAGS`) on every point, event, service check and total',
  config: z.strictObject({}),
  create(_config, { hostTags }) {
    if (hostTags.length === 0) return { apply: (batch) => batch }
    const tagged = new WeakMap<Series, Series>()
    const withTags = (tags: readonly string[]): readonly string[] => [
      ...new Set([...tags, ...hostTags]),
    ]
    const tagSeries = (series: Series): Series => {
      const known = tagged.get(series)
      if (known) return known
      const made = { ...series, tags: withTags(series.tags) }
      tagged.set(series, made)
      return made
    }
    return { apply: (batch) => batch.map((item) => addTags(item, tagSeries, withTags)) }
  },
})

function addTags(
  item: Item,
  tagSeries: (series: Series) => Series,
  withTags: (tags: readonly string[]) => readonly string[],
): Item {
  switch (item.kind) {
    case 'point':
      return { ...item, series: tagSeries(item.series) }
    case 'event':
    case 'service-check':
    case 'container-totals':
      return { ...item, tags: withTags(item.tags) }
    case 'inventory':
    case 'agent-report':
      return item
  }
}
