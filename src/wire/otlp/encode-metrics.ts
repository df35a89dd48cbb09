import type { Point, SeriesIdentity } from '../../model/series.ts'
import type { Sketch } from '../../model/sketch.ts'
import { sketchQuantile } from '../../model/sketch/sketch-quantile.ts'
import { ByteWriter } from '../protobuf/byte-writer.ts'
import {
  attributesFromTags,
  encodeAttributes,
  encodeResource,
  encodeScope,
  writeDouble,
  writeTime,
  type OtlpScope,
} from './encode-parts.ts'

/*
 * ExportMetricsServiceRequest { repeated ResourceMetrics resource_metrics = 1; }
 * ResourceMetrics  { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
 * ScopeMetrics     { InstrumentationScope scope = 1; repeated Metric metrics = 2; }
 * Metric           { string name = 1; Gauge gauge = 5 { repeated NumberDataPoint data_points = 1; };
 *                    Sum sum = 7 { repeated NumberDataPoint data_points = 1; AggregationTemporality = 2; bool is_monotonic = 3; };
 *                    Summary summary = 11 { repeated SummaryDataPoint data_points = 1; }; }
 * NumberDataPoint  { fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; double as_double = 4;
 *                    repeated KeyValue attributes = 7; }
 * SummaryDataPoint { fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; fixed64 count = 4; double sum = 5;
 *                    repeated ValueAtQuantile quantile_values = 6 { double quantile = 1; double value = 2; };
 *                    repeated KeyValue attributes = 7; }
 * Source: https://github.com/open-telemetry/opentelemetry-proto
 */
const fields = { gauge: 5, sum: 7, summary: 11 } as const
type Shape = keyof typeof fields

const delta = 1
/** Of each distribution; 0 and 1 are its least and its greatest value. */
const quantiles = [0, 0.5, 0.9, 0.95, 0.99, 1]

const known = new WeakMap<SeriesIdentity, Buffer>()
const request = new ByteWriter()
const metric = new ByteWriter()
const data = new ByteWriter()
const dataPoint = new ByteWriter(1024)
const quantileValue = new ByteWriter(64)

/** Encoded data points by shape and name of the metric. */
type Metrics = Map<
  string,
  { readonly shape: Shape; readonly name: string; readonly points: Buffer[] }
>

/**
 * Encodes metrics as an `ExportMetricsServiceRequest`. Gauges and rates are gauges, counts are sums of their interval
 * (delta, monotonic), distributions are summaries. The host is the resource's, tags are attributes.
 */
export function encodeMetrics(
  { points, sketches }: { readonly points: readonly Point[]; readonly sketches: readonly Sketch[] },
  scope: OtlpScope,
): Buffer {
  const hosts = new Map<string, Metrics>()
  for (const point of points) {
    const shape = point.series.kind === 'count' ? 'sum' : 'gauge'
    addTo(hosts, point.series, shape).push(encodePoint(point))
  }
  for (const sketch of sketches) addTo(hosts, sketch.series, 'summary').push(encodeSketch(sketch))
  request.clear()
  for (const [host, metrics] of hosts) request.message(1, encodeHost(host, metrics, scope))
  return request.take()
}

function addTo(
  hosts: Map<string, Metrics>,
  { host, metric: name }: SeriesIdentity,
  shape: Shape,
): Buffer[] {
  const metrics: Metrics = hosts.get(host) ?? new Map()
  hosts.set(host, metrics)
  const key = `${shape} ${name}`
  const found = metrics.get(key)
  if (found !== undefined) return found.points
  const points: Buffer[] = []
  metrics.set(key, { shape, name, points })
  return points
}

function encodeHost(host: string, metrics: Metrics, scope: OtlpScope): Buffer {
  const ofScope = new ByteWriter()
  ofScope.message(1, encodeScope(scope))
  for (const { shape, name, points } of metrics.values()) {
    for (const point of points) data.message(1, point)
    if (shape === 'sum') {
      data.varint(2 << 3)
      data.varint(delta)
      data.varint(3 << 3)
      data.varint(1)
    }
    metric.text(1, name)
    metric.message(fields[shape], data.take())
    ofScope.message(2, metric.take())
  }
  const ofResource = new ByteWriter(256)
  ofResource.message(1, encodeResource(host === '' ? [] : [['host.name', host]]))
  ofResource.message(2, ofScope.take())
  return ofResource.take()
}

function encodePoint({ series, value, timeMs }: Point): Buffer {
  if (series.kind === 'count') writeInterval(series, timeMs)
  else writeTime(dataPoint, 3, timeMs)
  writeDouble(dataPoint, 4, value)
  dataPoint.bytes(attributesOf(series))
  return dataPoint.take()
}

function encodeSketch(sketch: Sketch): Buffer {
  const { series, timeMs, count, sum } = sketch
  writeInterval(series, timeMs)
  dataPoint.varint((4 << 3) | 1)
  dataPoint.fixed64(BigInt(Math.round(count)))
  writeDouble(dataPoint, 5, sum)
  for (const quantile of quantiles) {
    writeDouble(quantileValue, 1, quantile)
    writeDouble(quantileValue, 2, sketchQuantile(sketch, quantile))
    dataPoint.message(6, quantileValue.take())
  }
  dataPoint.bytes(attributesOf(series))
  return dataPoint.take()
}

/** Ours are stamped with the begin of the interval, OTLP's with its end. Where nobody has told it there is only a time. */
function writeInterval({ intervalS }: SeriesIdentity, timeMs: number): void {
  if (intervalS > 0) writeTime(dataPoint, 2, timeMs)
  writeTime(dataPoint, 3, timeMs + intervalS * 1000)
}

function attributesOf(series: SeriesIdentity): Buffer {
  const found = known.get(series) ?? encodeAttributes(7, attributesFromTags(series.tags))
  known.set(series, found)
  return found
}
