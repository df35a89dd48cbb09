import { isRecord, type JsonRecord } from '../logs/json-record.ts'
import { parseJsonText } from '../parse-json-text.ts'
import { WireError } from '../wire-error.ts'
import { readAnyValue } from './any-value-json.ts'
import {
  OtlpBudget,
  tooMuchSentence,
  type Field,
  type Message,
  type MessageOf,
  type ValueKind,
} from './message.ts'

/**
 * Reads a message of OTLP from JSON: names in lowerCamelCase, whole numbers of 64 bits as texts or numbers, ids of traces in
 * hexadecimal digits.
 * @param what Names it in faults: `the OTLP metrics`.
 * @throws {WireError} When it is no such JSON, naming the place, or holds too much.
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function decodeJson<M extends Message>(
  bytes: Uint8Array,
  message: M,
  what: string,
): MessageOf<M> {
  const reading = new JsonReading(what)
  const read = reading.message(reading.parse(bytes), message, 'the body')
  // `message()` makes what `MessageOf` says, field by field; the compiler cannot follow a table.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return read as MessageOf<M>
}

class JsonReading {
  readonly #what: string
  readonly #budget = new OtlpBudget()

  constructor(what: string) {
    this.#what = what
  }

  parse(bytes: Uint8Array): unknown {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
    return parseJsonText(text, this.#what)
  }

  message(value: unknown, message: Message, place: string): Record<string, unknown> {
    if (!isRecord(value)) throw this.#fault(place, 'is no object')
    if (!this.#budget.takeMessage()) throw this.#fault(place, tooMuchSentence)
    const read: Record<string, unknown> = {}
    for (const [name, field] of Object.entries(message.fields)) {
      read[name] = this.#field(value, name, { field, place })
    }
    return read
  }

  #field(
    record: JsonRecord,
    name: string,
    { field, place }: { readonly field: Field; readonly place: string },
  ): unknown {
    const value = Object.hasOwn(record, name) ? record[name] : undefined
    const own = place === 'the body' ? name : `${place}.${name}`
    if (value === undefined || value === null) return field.isMany ? [] : undefined
    if (!field.isMany) return this.#value(value, field.kind, own)
    if (!Array.isArray(value)) throw this.#fault(own, 'is no list')
    return value.map((item: unknown, index) => {
      if (typeof field.kind === 'string' && !this.#budget.takeNumber())
        throw this.#fault(own, tooMuchSentence)
      return this.#value(item, field.kind, `${own}[${index}]`)
    })
  }

  #value(value: unknown, kind: ValueKind | Message, place: string): unknown {
    switch (kind) {
      case 'double':
      case 'fixed':
      case 'signedFixed':
      case 'int':
      case 'signed':
        return this.#number(value, place)
      case 'nanos':
        return this.#nanos(value, place)
      case 'flag':
        if (typeof value === 'boolean') return value
        throw this.#fault(place, 'is neither true nor false')
      case 'text':
        return this.#text(value, place)
      case 'hex':
        return this.#text(value, place).toLowerCase()
      case 'any':
        return readAnyValue(value, this.#budget, (seen) => this.#fault(place, seen))
      default:
        return this.message(value, kind, place)
    }
  }

  #text(value: unknown, place: string): string {
    if (typeof value === 'string') return value
    throw this.#fault(place, 'is no text')
  }

  /** Doubles that JSON has no digits for are `"NaN"`, `"Infinity"` and `"-Infinity"`. */
  #number(value: unknown, place: string): number {
    if (typeof value === 'number') return value
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : undefined
    if (number === undefined || (Number.isNaN(number) && value !== 'NaN'))
      throw this.#fault(place, 'is no number')
    return number
  }

  #nanos(value: unknown, place: string): bigint {
    if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return BigInt(value)
    if (typeof value === 'number' && value >= 0 && value < 2 ** 64) return BigInt(Math.trunc(value))
    throw this.#fault(place, 'is no time in nanoseconds')
  }

  #fault(place: string, seen: string): WireError {
    return new WireError(`Cannot read ${this.#what}: ${place.slice(0, 200)} ${seen}`)
  }
}
