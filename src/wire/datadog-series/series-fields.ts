import type { Point, SeriesKind } from '../../model/series.ts'
import { lengthDelimited, varintBytes, type ByteWriter } from '../protobuf/byte-writer.ts'

/** `MetricType` of Datadog's `agent_payload.proto`. */
export const seriesTypes: Readonly<Record<SeriesKind, number>> = { count: 1, rate: 2, gauge: 3 }

const seriesTag = (1 << 3) | lengthDelimited
const pointsTag = (4 << 3) | lengthDelimited
const valueTag = (1 << 3) | 1
const timestampTag = 2 << 3

/** A double with its tag. */
const valueBytes = 9

/** Writes one entry of MetricPayload: a MetricSeries of `fixed`, which is all that never changes of it, and one point. */
export function writeSeries(writer: ByteWriter, fixed: Uint8Array, point: Point): void {
  writer.varint(seriesTag)
  // Tag and length of the point take a byte each.
  writer.varint(fixed.length + 2 + lengthOf(point))
  writer.bytes(fixed)
  writePoint(writer, point)
}

/** Writes the field `points` of a MetricSeries, with one point in it; the time is cut to whole seconds. */
export function writePoint(writer: ByteWriter, point: Point): void {
  const { value, timeMs } = point
  writer.varint(pointsTag)
  writer.varint(lengthOf(point))
  writer.varint(valueTag)
  writer.double(value)
  writer.varint(timestampTag)
  writer.varint(Math.floor(timeMs / 1000))
}

function lengthOf({ timeMs }: Point): number {
  return valueBytes + 1 + varintBytes(Math.floor(timeMs / 1000))
}
