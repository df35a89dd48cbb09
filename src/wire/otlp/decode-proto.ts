import { fieldTag } from '../datadog-series/decode-series.ts'
import { ProtoReader, wireTypes } from '../protobuf/proto-reader.ts'
import { decodeAnyValue } from './any-value-proto.ts'
import {
  OtlpBudget,
  tooMuchSentence,
  type Field,
  type Message,
  type MessageOf,
  type ValueKind,
} from './message.ts'

/**
 * Reads a message of OTLP from protobuf.
 * @param what Names it in faults: `the OTLP metrics`.
 * @throws {WireError} When the bytes are not such a message, or hold too much.
 * @see https://opentelemetry.io/docs/specs/otlp/#binary-protobuf-encoding
 */
export function decodeProto<M extends Message>(
  bytes: Uint8Array,
  message: M,
  what: string,
): MessageOf<M> {
  const reader = new ProtoReader(bytes, what)
  const read = decodeMessage({ reader, budget: new OtlpBudget() }, message, bytes.length)
  // `decodeMessage` makes what `MessageOf` says, field by field; the compiler cannot follow a table.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return read as MessageOf<M>
}

interface Decoding {
  readonly reader: ProtoReader
  readonly budget: OtlpBudget
}

function decodeMessage(decoding: Decoding, message: Message, end: number): Record<string, unknown> {
  const { reader, budget } = decoding
  if (!budget.takeMessage()) throw reader.fault(tooMuchSentence)
  const { empty, byTag } = layoutOf(message)
  const read = empty()
  while (reader.at < end) {
    const tag = reader.uint32(end)
    const found = byTag.get(tag)
    if (found === undefined) reader.skip(tag & 7, end)
    else takeField(decoding, found, { read, end })
  }
  return read
}

/** A field in one of the forms that it may have on the wire. */
interface WireField {
  readonly name: string
  readonly field: Field
  readonly isPacked: boolean
}

interface Layout {
  /** A message in which no field was set. */
  readonly empty: () => Record<string, unknown>
  readonly byTag: ReadonlyMap<number, WireField>
}

const layouts = new WeakMap<Message, Layout>()

function layoutOf(message: Message): Layout {
  const known = layouts.get(message)
  if (known !== undefined) return known
  const fields = Object.entries(message.fields)
  const byTag = new Map<number, WireField>()
  for (const [name, field] of fields) {
    const wireType = wireTypeOf(field.kind)
    byTag.set(fieldTag(field.number, wireType), { name, field, isPacked: false })
    if (!field.isMany || wireType === wireTypes.bytes) continue
    byTag.set(fieldTag(field.number, wireTypes.bytes), { name, field, isPacked: true })
  }
  const blank = Object.fromEntries(fields.map(([name]) => [name, undefined]))
  const lists = fields.flatMap(([name, { isMany }]) => (isMany ? [name] : []))
  const empty = (): Record<string, unknown> => {
    const read: Record<string, unknown> = { ...blank }
    for (const name of lists) read[name] = []
    return read
  }
  const layout = { empty, byTag }
  layouts.set(message, layout)
  return layout
}

function wireTypeOf(kind: ValueKind | Message): number {
  switch (kind) {
    case 'double':
    case 'fixed':
    case 'signedFixed':
    case 'nanos':
      return wireTypes.fixed64
    case 'int':
    case 'signed':
    case 'flag':
      return wireTypes.varint
    case 'text':
    case 'hex':
    case 'any':
      return wireTypes.bytes
    default:
      return wireTypes.bytes
  }
}

function takeField(
  decoding: Decoding,
  { name, field, isPacked }: WireField,
  { read, end }: { readonly read: Record<string, unknown>; readonly end: number },
): void {
  const { reader, budget } = decoding
  const list = read[name]
  if (!Array.isArray(list)) {
    read[name] = decodeValue(decoding, field.kind, end)
    return
  }
  const add = (stop: number): void => {
    if (typeof field.kind === 'string' && !budget.takeNumber()) throw reader.fault(tooMuchSentence)
    list.push(decodeValue(decoding, field.kind, stop))
  }
  if (!isPacked) {
    add(end)
    return
  }
  const stop = reader.endOfBytes(end)
  while (reader.at < stop) add(stop)
}

function decodeValue(decoding: Decoding, kind: ValueKind | Message, end: number): unknown {
  const { reader, budget } = decoding
  switch (kind) {
    case 'double':
      return reader.double(end)
    case 'fixed':
      return Number(reader.fixed64(end))
    case 'signedFixed':
      return Number(BigInt.asIntN(64, reader.fixed64(end)))
    case 'nanos':
      return reader.fixed64(end)
    case 'int':
      return reader.int64(end)
    case 'signed':
      return fromZigzag(reader.int64(end))
    case 'flag':
      return reader.int64(end) !== 0
    case 'text':
      return reader.text(end)
    case 'hex':
      return takeHex(reader, end)
    case 'any':
      return decodeAnyValue({ reader, budget }, reader.endOfBytes(end), 1)
    default:
      return decodeMessage(decoding, kind, reader.endOfBytes(end))
  }
}

/** @see protobuf's "Encoding" page, "Signed Integers" */
function fromZigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}

function takeHex(reader: ProtoReader, end: number): string {
  const stop = reader.endOfBytes(end)
  const hex = reader.bytes.toString('hex', reader.at, stop)
  reader.at = stop
  return hex
}
