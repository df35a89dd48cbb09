import { fieldTag } from '../datadog-series/decode-series.ts'
import { wireTypes, type ProtoReader } from '../protobuf/proto-reader.ts'
import { maxDepth, type AnyValue } from './any-value.ts'
import { tooMuchSentence, type OtlpBudget } from './message.ts'

const textTag = fieldTag(1, wireTypes.bytes)
const flagTag = fieldTag(2, wireTypes.varint)
const intTag = fieldTag(3, wireTypes.varint)
const doubleTag = fieldTag(4, wireTypes.fixed64)
const listTag = fieldTag(5, wireTypes.bytes)
const recordTag = fieldTag(6, wireTypes.bytes)
const bytesTag = fieldTag(7, wireTypes.bytes)
/** Of `ArrayValue` and `KeyValueList`. */
const valuesTag = fieldTag(1, wireTypes.bytes)
const keyTag = fieldTag(1, wireTypes.bytes)
const valueTag = fieldTag(2, wireTypes.bytes)

export interface AnyDecoding {
  readonly reader: ProtoReader
  readonly budget: OtlpBudget
}

/**
 * Reads an `AnyValue` from the reader's position to `end`; `null` where it holds nothing.
 * @throws {WireError} When it is none, or values lie too deep in each other.
 */
export function decodeAnyValue(decoding: AnyDecoding, end: number, depth: number): AnyValue {
  const { reader, budget } = decoding
  if (depth > maxDepth) throw reader.fault(`values lie more than ${maxDepth} deep in each other`)
  if (!budget.takeMessage()) throw reader.fault(tooMuchSentence)
  let value: AnyValue = null
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === textTag) value = reader.text(end)
    else if (tag === flagTag) value = reader.int64(end) !== 0
    else if (tag === intTag) value = takeInt(reader, end)
    else if (tag === doubleTag) value = reader.double(end)
    else if (tag === listTag) value = decodeList(decoding, reader.endOfBytes(end), depth)
    else if (tag === recordTag) value = decodeRecord(decoding, reader.endOfBytes(end), depth)
    else if (tag === bytesTag) value = takeBase64(reader, end)
    else reader.skip(tag & 7, end)
  }
  return value
}

function decodeList(decoding: AnyDecoding, end: number, depth: number): AnyValue {
  const { reader } = decoding
  const values: AnyValue[] = []
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === valuesTag) values.push(decodeAnyValue(decoding, reader.endOfBytes(end), depth + 1))
    else reader.skip(tag & 7, end)
  }
  return values
}

function decodeRecord(decoding: AnyDecoding, end: number, depth: number): AnyValue {
  const { reader } = decoding
  const pairs: [string, AnyValue][] = []
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === valuesTag) pairs.push(decodePair(decoding, reader.endOfBytes(end), depth + 1))
    else reader.skip(tag & 7, end)
  }
  return Object.fromEntries(pairs)
}

function decodePair(decoding: AnyDecoding, end: number, depth: number): [string, AnyValue] {
  const { reader, budget } = decoding
  if (!budget.takeMessage()) throw reader.fault(tooMuchSentence)
  let key = ''
  let value: AnyValue = null
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === keyTag) key = reader.text(end)
    else if (tag === valueTag) value = decodeAnyValue(decoding, reader.endOfBytes(end), depth)
    else reader.skip(tag & 7, end)
  }
  return [key, value]
}

/** What a double cannot hold is kept digit by digit, as a text. */
function takeInt(reader: ProtoReader, end: number): number | string {
  const start = reader.at
  const value = reader.int64(end)
  if (Number.isSafeInteger(value)) return value
  let exact = 0n
  let shift = 0n
  for (const byte of reader.bytes.subarray(start, reader.at)) {
    exact |= BigInt(byte & 0x7f) << shift
    shift += 7n
  }
  return BigInt.asIntN(64, exact).toString()
}

function takeBase64(reader: ProtoReader, end: number): string {
  const stop = reader.endOfBytes(end)
  const text = reader.bytes.toString('base64', reader.at, stop)
  reader.at = stop
  return text
}
