import {
  temporalities,
  type NumberPoint,
  type OtlpMetric,
  type SummaryPoint,
} from '../wire/otlp/messages.ts'
import { mapExplicit, mapExponential } from './map-otlp-histogram.ts'
import type { OtlpExport, OtlpPlace } from './otlp-export.ts'
import { placeOf, type OtlpScope, type TimedPoint } from './otlp-place.ts'

/** The flag of a point that says that there was nothing to measure. @see `DataPointFlags` of OTLP */
const noRecordedValue = 1

/** Puts the points of one metric into an export, as docs/reference/intake-mapping.md tells. */
export function mapMetric(to: OtlpExport, scope: OtlpScope, metric: OtlpMetric): void {
  const { gauge, sum, histogram, exponentialHistogram, summary } = metric
  const name = metric.name ?? ''
  const each = <Point extends FlaggedPoint>(
    points: readonly Point[] | undefined,
    map: (point: Point, place: OtlpPlace) => void,
  ): void => {
    for (const point of points ?? []) {
      to.countExemplars(point.exemplars?.length ?? 0)
      if (((point.flags ?? 0) & noRecordedValue) === 0) map(point, placeOf(scope, name, point))
    }
  }
  if (gauge ?? sum ?? histogram ?? exponentialHistogram ?? summary) {
    each(gauge?.dataPoints, (point, place) => mapGauge(to, point, place))
    each(sum?.dataPoints, (point, place) => mapSum(to, { ...sum, point }, place))
    const isDelta = (kind: typeof histogram | typeof exponentialHistogram): boolean =>
      kind?.aggregationTemporality === temporalities.delta
    each(histogram?.dataPoints, (point, place) =>
      mapExplicit(to, { point, isDelta: isDelta(histogram) }, place),
    )
    each(exponentialHistogram?.dataPoints, (point, place) =>
      mapExponential(to, { point, isDelta: isDelta(exponentialHistogram) }, place),
    )
    each(summary?.dataPoints, (point, place) => mapSummary(to, point, place))
  } else to.reject('empty')
}

interface FlaggedPoint extends TimedPoint {
  readonly flags: number | undefined
  readonly exemplars?: readonly unknown[]
}

function valueOf({ asDouble, asInt }: NumberPoint): number | undefined {
  return asDouble ?? asInt
}

function mapGauge(to: OtlpExport, point: NumberPoint, place: OtlpPlace): void {
  const value = valueOf(point)
  if (value === undefined) to.reject('malformed')
  else to.addPoint(place, 'gauge', { value, sinceMs: 0 })
}

interface SumPoint {
  readonly point: NumberPoint
  readonly isMonotonic?: boolean | undefined
  readonly aggregationTemporality?: number | undefined
}

/** What came in an interval is a count; what only grows is made one; what may fall is a gauge. */
function mapSum(to: OtlpExport, sum: SumPoint, place: OtlpPlace): void {
  const value = valueOf(sum.point)
  if (value === undefined) to.reject('malformed')
  else if (sum.aggregationTemporality === temporalities.delta) {
    to.addPoint(place, 'count', { value, sinceMs: place.startMs })
  } else if (sum.isMonotonic === true) addGrowth(to, place, value)
  else to.addPoint(place, 'gauge', { value, sinceMs: 0 })
}

/** What something has counted since its start becomes what it counted since the last time. */
function addGrowth(to: OtlpExport, place: OtlpPlace, value: number): void {
  if (!Number.isFinite(value)) {
    to.reject('malformed')
    return
  }
  const { startMs, timeMs } = place
  const reading = { startMs, timeMs, value, size: 1 }
  const growth = to.readings.advance(`${place.key}.${place.metric}`, reading, (later, earlier) =>
    later < earlier ? undefined : later - earlier,
  )
  if (growth.kind === 'grown') to.addPoint(place, 'count', growth)
  else if (growth.kind === 'late') to.reject('late')
  else if (growth.kind === 'no-room') to.reject('no_room')
}

/** How many values and their sum as counts, each quantile as a gauge. */
function mapSummary(to: OtlpExport, point: SummaryPoint, place: OtlpPlace): void {
  const { metric, tags } = place
  addGrowth(to, { ...place, metric: `${metric}.count` }, point.count ?? 0)
  addGrowth(to, { ...place, metric: `${metric}.sum` }, point.sum ?? 0)
  for (const { quantile = 0, value = 0 } of point.quantileValues) {
    const own = { ...place, metric: `${metric}.quantile`, tags: [...tags, `quantile:${quantile}`] }
    if (Number.isFinite(value)) to.addPoint(own, 'gauge', { value, sinceMs: 0 })
  }
}
