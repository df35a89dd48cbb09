import { formatExpression } from '../../metric-language/format-expression.ts'
import { groupKeys } from '../../metric-language/group-keys.ts'
import { listQueries } from '../../metric-language/list-queries.ts'
import type { FrameSeries } from '../frame.ts'
import { eachValue } from './each-series.ts'
import type { Call, MetricFunction } from './metric-function.ts'

const filled = eachValue((value) => (Number.isNaN(value) ? 0 : value))

/**
 * 0 wherever a series has nothing. Of a query without groups that finds no series there is one, all 0: it is written where
 * something may not have happened at all.
 * @see https://docs.datadoghq.com/dashboards/functions/interpolation/#default-zero
 */
export const defaultZero: MetricFunction = {
  apply: (frame, call) => {
    const isMissing = frame.series.length === 0 && groupKeys(call.call.of).length === 0
    return isMissing
      ? { ...frame, series: zeroSeries(call, frame.length) }
      : filled.apply(frame, call)
  },
}

function zeroSeries({ call }: Call, length: number): readonly FrameSeries[] {
  return listQueries(call.of)
    .slice(0, 1)
    .map(({ metric, aggregator, scopeText }) => ({
      metric,
      aggregator,
      scopeText,
      expression: formatExpression(call),
      groups: [],
      values: new Float64Array(length),
    }))
}
