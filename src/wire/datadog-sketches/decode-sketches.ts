import type { SeriesIdentity } from '../../model/series.ts'
import { fieldTag } from '../datadog-series/decode-series.ts'
import type { KnownSeries } from '../datadog-series/known-series.ts'
import { ProtoReader, wireTypes } from '../protobuf/proto-reader.ts'
import { DogsketchReader, type Dogsketch } from './dogsketch-reader.ts'

/** A sketch as it came; `series` is what `identify` made of its identity. */
export interface SketchOf<T> extends Dogsketch {
  readonly series: T
}

/** Of one payload; far more than fit in 4 MiB, where Datadog's agents cut theirs. */
const maxSketches = 100_000
/** The Datadog Agent's flush of a distribution; the wire does not tell it. */
const intervalS = 10

const sketchTag = fieldTag(1, wireTypes.bytes)
const metricTag = fieldTag(1, wireTypes.bytes)
const hostTag = fieldTag(2, wireTypes.bytes)
const tagsTag = fieldTag(4, wireTypes.bytes)
const dogsketchTag = fieldTag(7, wireTypes.bytes)

/**
 * Reads the sketches of a `SketchPayload`. Most series come again every time: the bytes of a series without its values are
 * looked up among the known ones, and only an unknown one is decoded and given to `identify`, which answers undefined
 * for a series that is not to be kept. Sketches without values are left out.
 * @throws {WireError} When the bytes are not a `SketchPayload`, or hold more than 100,000 sketches; nothing of it is then
 *   to be used.
 * @see `proto/metrics/agent_payload.proto` of Datadog's agent-payload
 */
export function decodeSketches<T>(
  payload: Uint8Array,
  known: KnownSeries<T>,
  identify: (series: SeriesIdentity) => T | undefined,
): SketchOf<T>[] {
  const reader = new ProtoReader(payload, 'the protobuf SketchPayload')
  const walk: Walk<T> = { known, identify, values: new DogsketchReader(reader), sketches: [] }
  const end = payload.length
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === sketchTag) walkOne(reader, reader.endOfBytes(end), walk)
    else reader.skip(tag & 7, end)
  }
  return walk.sketches
}

interface Walk<T> {
  readonly known: KnownSeries<T>
  readonly identify: (series: SeriesIdentity) => T | undefined
  readonly values: DogsketchReader
  readonly sketches: SketchOf<T>[]
}

function walkOne<T>(reader: ProtoReader, end: number, walk: Walk<T>): void {
  reader.takeItem()
  const first = walk.sketches.length
  const start = reader.at
  const found: Dogsketch[] = []
  walk.known.begin()
  let partStart = start
  while (reader.at < end) {
    const tagAt = reader.at
    const tag = reader.uint32(end)
    if (tag === dogsketchTag) {
      walk.known.addPart(reader.bytes, partStart, tagAt)
      const values = walk.values.read(reader.endOfBytes(end))
      if (values !== undefined) found.push(values)
      if (first + found.length > maxSketches) {
        throw reader.fault(`there are more than ${maxSketches} sketches`)
      }
      partStart = reader.at
    } else {
      reader.takeItem()
      reader.skip(tag & 7, end)
    }
  }
  walk.known.addPart(reader.bytes, partStart, end)
  const series = walk.known.find() ?? identifyNew(reader, { start, end }, walk)
  if (series === undefined) return
  for (const values of found) walk.sketches.push({ ...values, series })
}

function identifyNew<T>(
  reader: ProtoReader,
  { start, end }: { readonly start: number; readonly end: number },
  { known, identify }: Walk<T>,
): T | undefined {
  reader.at = start
  const series = identify(decodeIdentity(reader, end))
  if (series !== undefined) known.keep(series)
  return series
}

function decodeIdentity(reader: ProtoReader, end: number): SeriesIdentity {
  const tags: string[] = []
  let metric = ''
  let host = ''
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === metricTag) metric = reader.text(end)
    else if (tag === hostTag) host = reader.text(end)
    else if (tag === tagsTag) tags.push(reader.text(end))
    else reader.skip(tag & 7, end)
  }
  return { metric, host, tags, intervalS }
}
