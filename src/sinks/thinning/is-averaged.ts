import { metricCatalogue } from '../../model/metric-catalogue.ts'
import { isGrowth } from '../../model/metric-catalogue/metric-description.ts'
import type { Series } from '../../model/series.ts'

/** Those of our own gauges that are rates all the same, since the rate is taken before they are sent. */
const rates: ReadonlySet<string> = new Set(
  Object.values(metricCatalogue)
    .flat()
    .filter((metric) => isGrowth(metric) && metric.isCount === undefined)
    .map(({ name }) => name),
)

/** Whether several points of a series say as much as their average. */
export function isAveraged({ kind, metric }: Series): boolean {
  return kind === 'rate' || (kind === 'gauge' && rates.has(metric))
}
