import type { Point, Series } from '../../model/series.ts'
import { checkSourceType } from './encode-agent-series.ts'
import { isOfCheck, originOf } from './metric-origin.ts'

/** A series but for its points, as JSON without the brace at its end; kept as long as the series is. */
const encoded = new WeakMap<Series, string>()

/**
 * Points as `POST /api/v1/series` takes them, times in whole seconds. Devices stay tags: the field that the Agent has for
 * them is in no documentation, and VictoriaMetrics 1.79 loses what is in it.
 * @see Datadog's API v1, "Submit metrics"
 */
export function encodeJsonSeries(points: readonly Point[]): string {
  const series = points.map((point) => {
    const identity = encoded.get(point.series) ?? encodeIdentity(point.series)
    return `${identity},"points":[[${Math.floor(point.timeMs / 1000)},${point.value}]]}`
  })
  return `{"series":[${series.join(',')}]}`
}

function encodeIdentity(series: Series): string {
  const text = JSON.stringify({
    metric: series.metric,
    tags: series.tags,
    host: series.host,
    type: series.kind,
    interval: series.intervalS,
    ...(isOfCheck(originOf(series.metric)) && { source_type_name: checkSourceType }),
  }).slice(0, -1)
  encoded.set(series, text)
  return text
}
