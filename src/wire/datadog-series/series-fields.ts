import type { Point, SeriesKind } from '../../model/series.ts'
import { ByteWriter, lengthDelimited } from '../protobuf/byte-writer.ts'

/** `MetricType` of Datadog's `agent_payload.proto`. */
export const seriesTypes: Readonly<Record<SeriesKind, number>> = { count: 1, rate: 2, gauge: 3 }

const pointsTag = (4 << 3) | lengthDelimited
const valueTag = (1 << 3) | 1
const timestampTag = 2 << 3

const writer = new ByteWriter()

/** The field `points` of a MetricSeries, with one point in it; the time is cut to whole seconds. */
export function encodePoint({ value, timeMs }: Point): Buffer {
  writer.varint(valueTag)
  writer.double(value)
  writer.varint(timestampTag)
  writer.varint(Math.floor(timeMs / 1000))
  const point = writer.take()
  writer.varint(pointsTag)
  writer.varint(point.length)
  writer.bytes(point)
  return writer.take()
}
