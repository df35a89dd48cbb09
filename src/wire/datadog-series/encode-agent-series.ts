import type { Point, Series } from '../../model/series.ts'
import { ByteWriter, lengthDelimited } from '../protobuf/byte-writer.ts'
import { isOfCheck, originOf } from './metric-origin.ts'
import { seriesTypes, writeSeries } from './series-fields.ts'
import { splitResources, type Resource } from './split-resources.ts'

/*
 * MetricSeries as in encode-series.ts, and: string source_type_name = 7; Metadata metadata = 9 { Origin origin = 1 {
 * uint32 origin_product = 4; uint32 origin_category = 5; uint32 origin_service = 6; }; }
 */
/** `OriginProduct` of the Agent. */
const agentProduct = 10
/** What the Agent says of all metrics of checks. */
export const checkSourceType = 'System'

/** What a series looks like on the wire, but for its points; kept as long as the series is. */
const encoded = new WeakMap<Series, Buffer>()
const payloadWriter = new ByteWriter()
const seriesWriter = new ByteWriter()
const innerWriter = new ByteWriter()
const outerWriter = new ByteWriter()

/**
 * Points as one MetricPayload of the kind that the Datadog Agent sends, whatever its size: with devices as resources and
 * the origin of each metric, which our own server need not be told.
 * @see `pkg/serializer/internal/metrics/iterable_series.go` of the Datadog Agent
 */
export function encodeAgentSeries(points: readonly Point[]): Buffer {
  payloadWriter.clear()
  for (const point of points) {
    const fixed = encoded.get(point.series) ?? encodeIdentity(point.series)
    writeSeries(payloadWriter, fixed, point)
  }
  return payloadWriter.take()
}

function encodeIdentity(series: Series): Buffer {
  const { tags, device, resources } = splitResources(series.tags)
  const origin = originOf(series.metric)
  const writer = seriesWriter
  writeResource({ type: 'host', name: series.host })
  if (device !== undefined) writeResource({ type: 'device', name: device })
  for (const resource of resources) writeResource(resource)
  writer.text(2, series.metric)
  for (const tag of tags) writer.text(3, tag)
  writeNumber(writer, 5, seriesTypes[series.kind])
  if (isOfCheck(origin)) writer.text(7, checkSourceType)
  writeNumber(writer, 8, series.intervalS)
  writeNumber(innerWriter, 4, agentProduct)
  writeNumber(innerWriter, 5, origin.category)
  writeNumber(innerWriter, 6, origin.service)
  writeMessage(outerWriter, 1, innerWriter.take())
  writeMessage(writer, 9, outerWriter.take())
  const bytes = writer.take()
  encoded.set(series, bytes)
  return bytes
}

function writeResource({ type, name }: Resource): void {
  innerWriter.text(1, type)
  innerWriter.text(2, name)
  writeMessage(seriesWriter, 1, innerWriter.take())
}

function writeNumber(writer: ByteWriter, field: number, value: number): void {
  writer.varint(field << 3)
  writer.varint(value)
}

function writeMessage(writer: ByteWriter, field: number, message: Buffer): void {
  writer.varint((field << 3) | lengthDelimited)
  writer.varint(message.length)
  writer.bytes(message)
}
