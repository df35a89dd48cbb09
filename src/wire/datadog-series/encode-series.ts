import type { Point, Series } from '../../model/series.ts'
import { ByteWriter, lengthDelimited } from '../protobuf/byte-writer.ts'
import { seriesTypes, writeSeries } from './series-fields.ts'

/*
 * MetricPayload { repeated MetricSeries series = 1; }
 * MetricSeries  { repeated Resource resources = 1 { string type = 1; string name = 2; }; string metric = 2;
 *                 repeated string tags = 3; repeated MetricPoint points = 4 { double value = 1; int64 timestamp = 2; };
 *                 MetricType type = 5; string unit = 6; string source_type_name = 7; int64 interval = 8; }
 */
/** Datadog's limits for one payload; ours keeps them, because the same bytes may go to either. */
const maxPayloadPoints = 10_000
export const maxPayloadBytes = 5_000_000

/** What a series looks like on the wire, but for its points; kept as long as the series is. */
const encoded = new WeakMap<Series, Buffer>()
const resourceWriter = new ByteWriter()
const seriesWriter = new ByteWriter()
const payloadWriter = new ByteWriter()

/**
 * Encodes points as Datadog's MetricPayload, one series entry for each point. The part of a series that never changes is
 * encoded once.
 * @returns One payload for each 10,000 points or 5 MB, with the number of points in it. To be read at once: all calls
 *   write into the same buffer.
 * @see `proto/metrics/agent_payload.proto` of Datadog's agent-payload
 */
export function* encodeSeries(
  points: Iterable<Point>,
): Generator<{ readonly body: Buffer; readonly count: number }, void, void> {
  let count = 0
  // A reader that left before the end has left its bytes here.
  payloadWriter.clear()
  for (const point of points) {
    const fixed = encoded.get(point.series) ?? encodeIdentity(point.series)
    writeSeries(payloadWriter, fixed, point)
    count += 1
    if (count >= maxPayloadPoints || payloadWriter.length >= maxPayloadBytes) {
      yield { body: payloadWriter.take(), count }
      count = 0
    }
  }
  if (count > 0) yield { body: payloadWriter.take(), count }
}

function encodeIdentity(series: Series): Buffer {
  resourceWriter.text(1, 'host')
  resourceWriter.text(2, series.host)
  const resourceBytes = resourceWriter.take()
  seriesWriter.varint((1 << 3) | lengthDelimited)
  seriesWriter.varint(resourceBytes.length)
  seriesWriter.bytes(resourceBytes)
  seriesWriter.text(2, series.metric)
  for (const tag of series.tags) seriesWriter.text(3, tag)
  seriesWriter.varint(5 << 3)
  seriesWriter.varint(seriesTypes[series.kind])
  seriesWriter.varint(8 << 3)
  seriesWriter.varint(series.intervalS)
  const bytes = seriesWriter.take()
  encoded.set(series, bytes)
  return bytes
}
