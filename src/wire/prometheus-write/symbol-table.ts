import type { KnownSeries } from '../datadog-series/known-series.ts'
import type { ProtoReader } from '../protobuf/proto-reader.ts'

/** Of one request: more than all labels of some 100,000 series. */
const maxSymbols = 1_000_000

/** The texts of a request of remote write 2.0, as places in its bytes: few of them are ever read. */
export class SymbolTable {
  readonly #reader: ProtoReader
  #starts = new Uint32Array(1024)
  #ends = new Uint32Array(1024)
  #length = 0

  constructor(reader: ProtoReader) {
    this.#reader = reader
  }

  /**
   * Adds the next text.
   * @param start Where its length stands.
   * @throws {WireError} When there are too many.
   */
  add(start: number, end: number): void {
    if (this.#length >= maxSymbols) {
      throw this.#reader.fault(
        `there are more than ${maxSymbols} symbols; send fewer series at once`,
      )
    }
    if (this.#length === this.#starts.length) {
      this.#starts = doubled(this.#starts)
      this.#ends = doubled(this.#ends)
    }
    this.#starts[this.#length] = start
    this.#ends[this.#length] = end
    this.#length++
  }

  /**
   * Takes a text into the identity of a series, its length too: so no two lists of texts have the same bytes.
   * @throws {WireError} When there is no such text.
   */
  addTo(known: KnownSeries<unknown>, ref: number): void {
    this.#check(ref)
    known.addPart(this.#reader.bytes, this.#starts[ref] ?? 0, this.#ends[ref] ?? 0)
  }

  /** @throws {WireError} When there is no such text. */
  text(ref: number): string {
    this.#check(ref)
    this.#reader.at = this.#starts[ref] ?? 0
    return this.#reader.text(this.#ends[ref] ?? 0)
  }

  #check(ref: number): void {
    if (ref >= this.#length) {
      throw this.#reader.fault(`symbol ${ref} is meant, and there are ${this.#length}`)
    }
  }
}

function doubled(column: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(column.length * 2)
  wider.set(column)
  return wider
}
