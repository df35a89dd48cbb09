import type { MetricFunction } from './metric-function.ts'

/**
 * Leaves out series without a value for one of the keys they are grouped by, which have `N/A` there.
 * @see https://docs.datadoghq.com/dashboards/functions/exclusion/#exclude-null
 */
export const excludeNull: MetricFunction = {
  apply: (frame) => ({
    ...frame,
    series: frame.series.filter(({ groups }) => groups.every(([, value]) => value !== 'N/A')),
  }),
}
