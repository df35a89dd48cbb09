import { parseNumber } from './parse-number.ts'

const space = 32
const newline = 10

/**
 * The wanted values of a file of `key value` lines. Keys are compared as bytes: no string is made while reading.
 * @see kernel docs, cgroup-v2, "Flat keyed"
 */
export class FlatValues<Key extends string> {
  readonly #names: ReadonlyMap<Key, number>
  readonly #nameBytes: readonly Uint8Array[]
  readonly #values: Float64Array

  constructor(names: readonly Key[]) {
    this.#names = new Map(names.map((name, index) => [name, index]))
    this.#nameBytes = names.map((name) => Buffer.from(name, 'latin1'))
    this.#values = new Float64Array(names.length)
  }

  /** Reads the first `length` bytes, behind which a line end must stand; forgets what was read before. */
  parse(bytes: Uint8Array, length: number): void {
    this.#values.fill(Number.NaN)
    let at = 0
    while (at < length) {
      const from = at
      while (bytes[at] !== space && bytes[at] !== newline) at += 1
      const index = this.#find(bytes, from, at)
      if (index >= 0) this.#values[index] = parseNumber(bytes, at + 1) ?? Number.NaN
      while (bytes[at] !== newline) at += 1
      at += 1
    }
  }

  /** The value of a key times `factor`; `undefined` when the file did not have it. */
  get(name: Key, factor = 1): number | undefined {
    const value = this.#values[this.#names.get(name) ?? -1]
    return value === undefined || Number.isNaN(value) ? undefined : value * factor
  }

  #find(bytes: Uint8Array, from: number, to: number): number {
    for (const [index, name] of this.#nameBytes.entries()) {
      if (name.length === to - from && startsWith(bytes, from, name)) return index
    }
    return -1
  }
}

function startsWith(bytes: Uint8Array, from: number, name: Uint8Array): boolean {
  for (let i = 0; i < name.length; i += 1) if (name[i] !== bytes[from + i]) return false
  return true
}
