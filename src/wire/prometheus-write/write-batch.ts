import { PointList } from '../datadog-series/point-list.ts'
import type { ProtoReader } from '../protobuf/proto-reader.ts'
import { wireTypes } from '../protobuf/proto-reader.ts'
import { fieldTag } from '../datadog-series/decode-series.ts'

/** Of one request. Prometheus sends 2,000 at a time, other senders some ten thousands. */
export const maxSamples = 1_000_000

const valueTag = fieldTag(1, wireTypes.fixed64)
const timeTag = fieldTag(2, wireTypes.varint)

/** What one request of remote write holds. */
export class WriteBatch<T> {
  /** The samples that are values; times are seconds with their milliseconds behind the point. */
  readonly points = new PointList<T>()
  /** Samples that say no more than that a series has ended. */
  staleMarkers = 0
  /** Samples that are native histograms. */
  histograms = 0
  exemplars = 0
  /** What is told of metrics: their type, unit and help. */
  metadata = 0

  /**
   * Reads a `Sample` from the reader's position to `end`.
   * @throws {WireError} When it is none, or one too many.
   */
  takeSample(reader: ProtoReader, end: number): void {
    if (this.points.length + this.staleMarkers >= maxSamples) {
      throw reader.fault(`there are more than ${maxSamples} samples; send fewer at once`)
    }
    let value = 0
    let timeMs = 0
    let isStale = false
    while (reader.at < end) {
      const tag = reader.uint32(end)
      if (tag === valueTag) {
        isStale = isStaleMarker(reader.bytes, reader.at)
        value = reader.double(end)
      } else if (tag === timeTag) timeMs = reader.int64(end)
      else reader.skip(tag & 7, end)
    }
    if (isStale) this.staleMarkers += 1
    else this.points.add(timeMs / 1000, value)
  }
}

/**
 * Whether the double there is the one NaN that ends a series: 0x7ff0000000000002. Its bytes tell, since a NaN that was read
 * need not keep them.
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/ "Samples and Histogram Samples"
 */
function isStaleMarker(bytes: Buffer, at: number): boolean {
  if (bytes[at + 7] !== 0x7f || bytes[at + 6] !== 0xf0 || bytes[at] !== 2) return false
  return bytes.subarray(at + 1, at + 6).every((byte) => byte === 0)
}
