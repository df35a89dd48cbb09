import type { SeriesIdentity } from '../../model/series.ts'
import type { Sketch } from '../../model/sketch.ts'
import { ByteWriter, lengthDelimited } from '../protobuf/byte-writer.ts'

/*
 * SketchPayload { repeated Sketch sketches = 1; }
 * Sketch        { string metric = 1; string host = 2; repeated string tags = 4; repeated Dogsketch dogsketches = 7; }
 * Dogsketch     { int64 ts = 1; int64 cnt = 2; double min = 3; double max = 4; double avg = 5; double sum = 6;
 *                 repeated sint32 k = 7; repeated uint32 n = 8; }
 */
/** Uncompressed, as the Datadog Agent cuts them (`serializer_max_uncompressed_payload_size`). */
export const maxPayloadBytes = 4 * 1024 * 1024

const sketchTag = (1 << 3) | lengthDelimited
const dogsketchTag = (7 << 3) | lengthDelimited
const keysTag = (7 << 3) | lengthDelimited
const countsTag = (8 << 3) | lengthDelimited

/** What a distribution looks like on the wire, but for its values; kept as long as the series is. */
const encoded = new WeakMap<SeriesIdentity, Buffer>()
const payloadWriter = new ByteWriter()
const identityWriter = new ByteWriter()
const dogsketchWriter = new ByteWriter()
const numberWriter = new ByteWriter()

/**
 * Encodes sketches as Datadog's SketchPayload, one entry for each. The part of a series that never changes is encoded
 * once.
 * @returns One payload for each 4 MiB, with the number of sketches in it. To be read at once: all calls write into the
 *   same buffer.
 * @see `proto/metrics/agent_payload.proto` of Datadog's agent-payload
 */
export function* encodeSketches(
  sketches: Iterable<Sketch>,
): Generator<{ readonly body: Buffer; readonly count: number }, void, void> {
  let count = 0
  // A reader that left before the end has left its bytes here.
  payloadWriter.clear()
  for (const sketch of sketches) {
    const identity = encoded.get(sketch.series) ?? encodeIdentity(sketch.series)
    const dogsketch = encodeDogsketch(sketch)
    payloadWriter.varint(sketchTag)
    payloadWriter.varint(identity.length + 1 + varintLength(dogsketch.length) + dogsketch.length)
    payloadWriter.bytes(identity)
    payloadWriter.varint(dogsketchTag)
    payloadWriter.varint(dogsketch.length)
    payloadWriter.bytes(dogsketch)
    count += 1
    if (payloadWriter.length >= maxPayloadBytes) {
      yield { body: payloadWriter.take(), count }
      count = 0
    }
  }
  if (count > 0) yield { body: payloadWriter.take(), count }
}

function encodeIdentity(series: SeriesIdentity): Buffer {
  identityWriter.text(1, series.metric)
  identityWriter.text(2, series.host)
  for (const tag of series.tags) identityWriter.text(4, tag)
  const bytes = identityWriter.take()
  encoded.set(series, bytes)
  return bytes
}

function encodeDogsketch(sketch: Sketch): Buffer {
  const writer = dogsketchWriter
  writer.varint(1 << 3)
  writer.varint(Math.floor(sketch.timeMs / 1000))
  writer.varint(2 << 3)
  writer.varint(sketch.count)
  for (const [field, value] of [
    [3, sketch.min],
    [4, sketch.max],
    [5, sketch.avg],
    [6, sketch.sum],
  ] as const) {
    writer.varint((field << 3) | 1)
    writer.double(value)
  }
  // A sint32 has its sign in the last bit.
  writeNumbers(keysTag, sketch.keys, (key) => (key < 0 ? -2 * key - 1 : 2 * key))
  writeNumbers(countsTag, sketch.counts, (count) => count)
  return writer.take()
}

function writeNumbers(
  tag: number,
  numbers: ArrayLike<number>,
  toVarint: (number: number) => number,
): void {
  for (let at = 0; at < numbers.length; at++) numberWriter.varint(toVarint(numbers[at] ?? 0))
  dogsketchWriter.varint(tag)
  dogsketchWriter.varint(numberWriter.length)
  dogsketchWriter.bytes(numberWriter.take())
}

function varintLength(value: number): number {
  return value < 0x80 ? 1 : 1 + varintLength(Math.floor(value / 0x80))
}
