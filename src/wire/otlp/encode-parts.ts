import { ByteWriter } from '../protobuf/byte-writer.ts'

/*
 * KeyValue             { string key = 1; AnyValue value = 2 { string string_value = 1; }; }
 * Resource             { repeated KeyValue attributes = 1; }
 * InstrumentationScope { string name = 1; string version = 2; }
 * Source: https://github.com/open-telemetry/opentelemetry-proto
 */

/** Which program says it. */
export interface OtlpScope {
  readonly name: string
  readonly version: string
}

/** Names and values. */
export type AttributePairs = Iterable<readonly [key: string, value: string]>

const value = new ByteWriter()
const pair = new ByteWriter()

/**
 * Attributes from tags `key:value`. Several values of one key stand joined by commas; a tag without a value is an attribute
 * with the value `true`: as labels of Prometheus have it.
 */
export function attributesFromTags(tags: readonly string[]): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (const tag of tags) {
    const colon = tag.indexOf(':')
    const key = colon === -1 ? tag : tag.slice(0, colon)
    const own = colon === -1 ? 'true' : tag.slice(colon + 1)
    if (key === '') continue
    const before = attributes.get(key)
    attributes.set(key, before === undefined ? own : `${before},${own}`)
  }
  return attributes
}

/** Attributes as a list in the field of that number, to be put into the message they belong to. */
export function encodeAttributes(field: number, pairs: AttributePairs): Buffer {
  const list = new ByteWriter(256)
  for (const [key, text] of pairs) {
    value.text(1, text)
    pair.text(1, key)
    pair.message(2, value.take())
    list.message(field, pair.take())
  }
  return list.take()
}

/** A `Resource` with these attributes. */
export function encodeResource(pairs: AttributePairs): Buffer {
  return encodeAttributes(1, pairs)
}

/** An `InstrumentationScope`. */
export function encodeScope({ name, version }: OtlpScope): Buffer {
  const scope = new ByteWriter(256)
  scope.text(1, name)
  scope.text(2, version)
  return scope.take()
}

/** A time in nanoseconds, as a field of eight bytes. */
export function writeTime(writer: ByteWriter, field: number, timeMs: number): void {
  writer.varint((field << 3) | 1)
  writer.fixed64(BigInt(Math.round(timeMs)) * 1_000_000n)
}

/** A number, as a field of eight bytes. */
export function writeDouble(writer: ByteWriter, field: number, number: number): void {
  writer.varint((field << 3) | 1)
  writer.double(number)
}
