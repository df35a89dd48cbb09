import type { Series, SeriesKind } from '../../model/series.ts'
import { wireTypes, type ProtoReader } from '../protobuf/proto-reader.ts'
import { seriesFromWire } from './series-from-wire.ts'

/** Fields of `MetricPayload.MetricSeries` and of its `Resource`, datadog.md C.2 and AP:metrics/agent_payload.proto. */
export const seriesFields = {
  resources: 1,
  metric: 2,
  tags: 3,
  points: 4,
  type: 5,
  interval: 8,
} as const
const resourceFields = { type: 1, name: 2 } as const

const kinds: readonly SeriesKind[] = ['gauge', 'count', 'rate', 'gauge']

/**
 * Reads what a `MetricSeries` is, not its points, from the reader's position to `end`.
 * @throws {WireError} When the bytes are not a `MetricSeries`.
 */
export function decodeSeries(reader: ProtoReader, end: number): Series {
  const resources: { type: string; name: string }[] = []
  const tags: string[] = []
  let metric = ''
  let kind: SeriesKind = 'gauge'
  let intervalS = 0
  while (reader.at < end) {
    const tag = reader.uint32(end)
    switch (tag) {
      case fieldTag(seriesFields.resources, wireTypes.bytes):
        resources.push(decodeResource(reader, reader.endOfBytes(end)))
        break
      case fieldTag(seriesFields.metric, wireTypes.bytes):
        metric = reader.text(end)
        break
      case fieldTag(seriesFields.tags, wireTypes.bytes):
        tags.push(reader.text(end))
        break
      case fieldTag(seriesFields.type, wireTypes.varint):
        kind = kinds[reader.int64(end)] ?? 'gauge'
        break
      case fieldTag(seriesFields.interval, wireTypes.varint):
        intervalS = clampInterval(reader.int64(end))
        break
      default:
        reader.skip(tag & 7, end)
    }
  }
  return seriesFromWire({ metric, kind, tags, intervalS, resources })
}

/** A field's number and wire type as they stand before its value. */
export function fieldTag(field: number, wireType: number): number {
  return (field << 3) | wireType
}

function decodeResource(reader: ProtoReader, end: number): { type: string; name: string } {
  const resource = { type: '', name: '' }
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === fieldTag(resourceFields.type, wireTypes.bytes)) resource.type = reader.text(end)
    else if (tag === fieldTag(resourceFields.name, wireTypes.bytes))
      resource.name = reader.text(end)
    else reader.skip(tag & 7, end)
  }
  return resource
}

function clampInterval(intervalS: number): number {
  return Math.min(Math.max(intervalS, 0), 2 ** 31)
}
