import { fieldTag } from '../datadog-series/decode-series.ts'
import type { KnownSeries } from '../datadog-series/known-series.ts'
import { ProtoReader, wireTypes } from '../protobuf/proto-reader.ts'
import type { Label } from './series-from-labels.ts'
import { WriteBatch } from './write-batch.ts'

/*
 * WriteRequest { repeated TimeSeries timeseries = 1; repeated MetricMetadata metadata = 3; }
 * TimeSeries   { repeated Label labels = 1; repeated Sample samples = 2; repeated Exemplar exemplars = 3;
 *                repeated Histogram histograms = 4; }
 * Label        { string name = 1; string value = 2; }
 */
const seriesTag = fieldTag(1, wireTypes.bytes)
const metadataTag = fieldTag(3, wireTypes.bytes)
const labelTag = fieldTag(1, wireTypes.bytes)
const samplesTag = fieldTag(2, wireTypes.bytes)
const exemplarsTag = fieldTag(3, wireTypes.bytes)
const histogramsTag = fieldTag(4, wireTypes.bytes)
const nameTag = fieldTag(1, wireTypes.bytes)
const valueTag = fieldTag(2, wireTypes.bytes)

/** Makes of labels what their points belong to; undefined for a series that is not to be kept. */
export type IdentifyLabels<T> = (labels: readonly Label[]) => T | undefined

/**
 * Reads a `prometheus.WriteRequest`. Most series come again at every scrape: the bytes of a series without its samples are
 * looked up among the known ones, and only the labels of an unknown one are decoded and given to `identify`.
 * @throws {WireError} When the bytes are not such a request, or hold too much; nothing of it is then to be used.
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec/
 */
export function walkWriteRequest<T>(
  payload: Uint8Array,
  known: KnownSeries<T>,
  identify: IdentifyLabels<T>,
): WriteBatch<T> {
  const reader = new ProtoReader(payload, 'the protobuf WriteRequest')
  const batch = new WriteBatch<T>()
  const end = payload.length
  while (reader.at < end) {
    const tag = reader.uint32(end)
    reader.takeItem()
    if (tag === seriesTag) walkOne(reader, reader.endOfBytes(end), { known, identify, batch })
    else {
      if (tag === metadataTag) batch.metadata += 1
      reader.skip(tag & 7, end)
    }
  }
  return batch
}

interface Walk<T> {
  readonly known: KnownSeries<T>
  readonly identify: IdentifyLabels<T>
  readonly batch: WriteBatch<T>
}

function walkOne<T>(reader: ProtoReader, end: number, walk: Walk<T>): void {
  const { points, staleMarkers } = walk.batch
  const start = reader.at
  const firstPoint = points.length
  let found = walkExpected(reader, end, walk)
  if (found === undefined) {
    reader.at = start
    points.length = firstPoint
    walk.batch.staleMarkers = staleMarkers
    found = walkAny(reader, end, walk)
  }
  points.setSeries(firstPoint, found)
}

/** Reads the series that followed last time, labels first and samples behind them; undefined when it is another. */
function walkExpected<T>(
  reader: ProtoReader,
  end: number,
  { known, batch }: Walk<T>,
): T | undefined {
  const headLength = known.matchHead(reader.bytes, reader.at, end)
  if (headLength === 0) return undefined
  reader.at += headLength
  while (reader.at < end && reader.bytes[reader.at] === samplesTag) {
    reader.at++
    batch.takeSample(reader, reader.endOfBytes(end))
  }
  return known.matchTail(reader.bytes, reader.at, end)
}

function walkAny<T>(
  reader: ProtoReader,
  end: number,
  { known, identify, batch }: Walk<T>,
): T | undefined {
  const start = reader.at
  let partStart = start
  known.begin()
  while (reader.at < end) {
    const tagAt = reader.at
    const tag = reader.uint32(end)
    const isIdentity = tag !== samplesTag && tag !== exemplarsTag && tag !== histogramsTag
    if (!isIdentity) known.addPart(reader.bytes, partStart, tagAt)
    if (tag === samplesTag) batch.takeSample(reader, reader.endOfBytes(end))
    else {
      reader.takeItem()
      if (tag === exemplarsTag) batch.exemplars += 1
      if (tag === histogramsTag) batch.histograms += 1
      reader.skip(tag & 7, end)
    }
    if (!isIdentity) partStart = reader.at
  }
  known.addPart(reader.bytes, partStart, end)
  const found = known.find()
  if (found !== undefined) return found
  reader.at = start
  const identified = identify(decodeLabels(reader, end))
  if (identified !== undefined) known.keep(identified)
  return identified
}

function decodeLabels(reader: ProtoReader, end: number): Label[] {
  const labels: Label[] = []
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === labelTag) labels.push(decodeLabel(reader, reader.endOfBytes(end)))
    else reader.skip(tag & 7, end)
  }
  return labels
}

function decodeLabel(reader: ProtoReader, end: number): Label {
  let name = ''
  let value = ''
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === nameTag) name = reader.text(end)
    else if (tag === valueTag) value = reader.text(end)
    else reader.skip(tag & 7, end)
  }
  return [name, value]
}
