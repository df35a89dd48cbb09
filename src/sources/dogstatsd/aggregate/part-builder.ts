import type { ClosedPart } from '../worker-messages.ts'
import type { BinList } from './bin-list.ts'
import { maxAt, minAt, sumAt } from './row.ts'

/** Numbers that come one after the other; the memory stays for the next ones. */
class Column<Numbers extends Int16Array | Int32Array | Uint32Array | Float64Array> {
  readonly #make: (length: number) => Numbers
  #numbers: Numbers
  length = 0

  constructor(make: (length: number) => Numbers) {
    this.#make = make
    this.#numbers = make(1024)
  }

  push(number: number): void {
    if (this.length === this.#numbers.length) this.#grow(this.length * 2)
    this.#numbers[this.length] = number
    this.length += 1
  }

  append(numbers: Numbers, length: number): void {
    const needed = this.length + length
    if (needed > this.#numbers.length) this.#grow(needed * 2)
    this.#numbers.set(numbers.subarray(0, length), this.length)
    this.length = needed
  }

  /** A copy of all numbers; the next ones come from the beginning. */
  take(): Numbers {
    const taken = this.#make(this.length)
    taken.set(this.#numbers.subarray(0, this.length))
    this.length = 0
    return taken
  }

  #grow(length: number): void {
    const grown = this.#make(length)
    grown.set(this.#numbers)
    this.#numbers = grown
  }
}

/** Collects what became of contexts in an interval, and makes messages of it. */
export class PartBuilder {
  readonly #contextIds = new Column((length) => new Int32Array(length))
  readonly #values = new Column((length) => new Float64Array(length))
  readonly #sketchIds = new Column((length) => new Int32Array(length))
  readonly #summaries = new Column((length) => new Float64Array(length))
  readonly #ends = new Column((length) => new Int32Array(length))
  readonly #keys = new Column((length) => new Int16Array(length))
  readonly #counts = new Column((length) => new Uint32Array(length))

  addNumber(context: number, value: number): void {
    this.#contextIds.push(context)
    this.#values.push(value)
  }

  addNumbers(context: number, values: Float64Array<ArrayBuffer>): void {
    this.#contextIds.push(context)
    this.#values.append(values, values.length)
  }

  /** @param row As `row.ts` has it. */
  addSketch(context: number, row: Float64Array, bins: BinList): void {
    this.#sketchIds.push(context)
    this.#summaries.push(bins.total)
    this.#summaries.push(row[minAt] ?? 0)
    this.#summaries.push(row[maxAt] ?? 0)
    this.#summaries.push(row[sumAt] ?? 0)
    this.#keys.append(bins.keys, bins.length)
    this.#counts.append(bins.counts, bins.length)
    this.#ends.push(this.#keys.length)
  }

  /** A message of all that came since the last one. */
  take(startS: number, isLast: boolean): ClosedPart {
    return {
      kind: 'closed',
      startS,
      isLast,
      contextIds: this.#contextIds.take(),
      values: this.#values.take(),
      sketches: {
        contextIds: this.#sketchIds.take(),
        summaries: this.#summaries.take(),
        ends: this.#ends.take(),
        keys: this.#keys.take(),
        counts: this.#counts.take(),
      },
    }
  }
}
