import type { Series } from '../../model/series.ts'
import { decodeSeries, fieldTag, seriesFields } from './decode-series.ts'
import type { KnownSeries } from './known-series.ts'
import { PointList } from './point-list.ts'
import { ProtoReader, wireTypes } from '../protobuf/proto-reader.ts'

const payloadSeriesTag = fieldTag(1, wireTypes.bytes)
const pointsTag = fieldTag(seriesFields.points, wireTypes.bytes)
const pointValueTag = fieldTag(1, wireTypes.fixed64)
const pointTimeTag = fieldTag(2, wireTypes.varint)

/**
 * Reads the points of a `MetricPayload`. Most series come again every second: the bytes of a series without its points
 * are looked up among the known ones, and only an unknown one is decoded and given to `identify`, which answers undefined
 * for a series that is not to be kept.
 * @throws {WireError} When the bytes are not a `MetricPayload`, or hold too many series and points; nothing of it is then to be used.
 * @see AP:metrics/agent_payload.proto
 */
export function walkSeries<T>(
  payload: Uint8Array,
  known: KnownSeries<T>,
  identify: (series: Series) => T | undefined,
): PointList<T> {
  const reader = new ProtoReader(payload, 'the protobuf MetricPayload')
  const points = new PointList<T>()
  const end = payload.length
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === payloadSeriesTag)
      walkOne(reader, reader.endOfBytes(end), { known, identify, points })
    else reader.skip(tag & 7, end)
  }
  return points
}

interface Walk<T> {
  readonly known: KnownSeries<T>
  readonly identify: (series: Series) => T | undefined
  readonly points: PointList<T>
}

function walkOne<T>(reader: ProtoReader, end: number, walk: Walk<T>): void {
  reader.takeItem()
  const start = reader.at
  const firstPoint = walk.points.length
  let found = walkExpected(reader, end, walk)
  if (found === undefined) {
    reader.at = start
    walk.points.length = firstPoint
    found = walkAny(reader, end, walk)
  }
  walk.points.setSeries(firstPoint, found)
}

/** Reads the series that followed last time, its points in one run; undefined when it is another. */
function walkExpected<T>(
  reader: ProtoReader,
  end: number,
  { known, points }: Walk<T>,
): T | undefined {
  const headLength = known.matchHead(reader.bytes, reader.at, end)
  if (headLength === 0) return undefined
  reader.at += headLength
  while (reader.at < end && reader.bytes[reader.at] === pointsTag) {
    reader.at++
    walkPoint(reader, reader.endOfBytes(end), points)
  }
  const found = known.matchTail(reader.bytes, reader.at, end)
  if (found !== undefined) reader.at = end
  return found
}

function walkAny<T>(reader: ProtoReader, end: number, walk: Walk<T>): T | undefined {
  const { known, points, identify } = walk
  const start = reader.at
  let partStart = start
  known.begin()
  while (reader.at < end) {
    const tagAt = reader.at
    const tag = reader.uint32(end)
    if (tag === pointsTag) {
      known.addPart(reader.bytes, partStart, tagAt)
      walkPoint(reader, reader.endOfBytes(end), points)
      partStart = reader.at
    } else {
      reader.takeItem()
      reader.skip(tag & 7, end)
    }
  }
  known.addPart(reader.bytes, partStart, end)
  const found = known.find()
  if (found !== undefined) return found
  reader.at = start
  const identified = identify(decodeSeries(reader, end))
  if (identified !== undefined) known.keep(identified)
  return identified
}

function walkPoint<T>(reader: ProtoReader, end: number, points: PointList<T>): void {
  reader.takeItem()
  let value = 0
  let timeS = 0
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === pointValueTag) value = reader.double(end)
    else if (tag === pointTimeTag) timeS = reader.int64(end)
    else reader.skip(tag & 7, end)
  }
  points.add(timeS, value)
}
