import { formatExpression } from '../../metric-language/format-expression.ts'
import type { Frame } from '../frame.ts'
import type { Call } from './metric-function.ts'

/** The frame with one series, without groups, in the place of all; without any where there was none. */
export function mergeSeries(frame: Frame, { call }: Call, values: Float64Array): Frame {
  const [first] = frame.series
  if (first === undefined) return frame
  const merged = {
    ...first,
    metric: `${call.name}(${first.metric})`,
    expression: formatExpression(call),
    groups: [],
    values,
  }
  return { ...frame, series: [merged] }
}
