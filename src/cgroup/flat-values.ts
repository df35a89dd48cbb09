import { parseNumber } from './parse-number.ts'

const newline = 10

/**
 * The wanted values of a file of `key value` lines. Keys are compared as bytes: no string is made while reading. One such
 * object serves all containers, each after the other: it keeps nothing of what it read before.
 * @see kernel docs, cgroup-v2, "Flat keyed"
 */
export class FlatValues<Key extends string> {
  readonly #names: ReadonlyMap<Key, number>
  readonly #nameBytes: readonly Uint8Array[]
  readonly #values: number[]

  /** @param names In the order of the file, which makes reading fast; others are found as well. */
  constructor(names: readonly Key[]) {
    this.#names = new Map(names.map((name, index) => [name, index]))
    this.#nameBytes = names.map((name) => new Uint8Array(Buffer.from(`${name} `, 'latin1')))
    this.#values = names.map(() => Number.NaN)
  }

  /** Reads the first `length` bytes, behind which a line end must stand. */
  parse(bytes: Uint8Array, length: number): void {
    let from = 0
    for (let index = 0; index < this.#nameBytes.length; index += 1) {
      const name = this.#nameBytes[index]
      if (name === undefined) continue
      let at = findLine(bytes, [from, length], name)
      if (at < 0 && from > 0) at = findLine(bytes, [0, from], name)
      this.#values[index] = at < 0 ? Number.NaN : (parseNumber(bytes, at) ?? Number.NaN)
      if (at > from) from = at
    }
  }

  /** The value of a key times `factor`; `undefined` when the file did not have it. */
  get(name: Key, factor = 1): number | undefined {
    const value = this.#values[this.#names.get(name) ?? -1]
    return value === undefined || Number.isNaN(value) ? undefined : value * factor
  }
}

/**
 * Looks for the line that begins with `name`.
 * @param range Where to look; from anywhere in a line that was read already, or from the beginning.
 * @returns The index behind the name, -1 where there is no such line.
 */
function findLine(
  bytes: Uint8Array,
  [from, to]: readonly [number, number],
  name: Uint8Array,
): number {
  let at = from
  while (at < to) {
    let same = 0
    while (same < name.length && bytes[at + same] === name[same]) same += 1
    if (same === name.length) return at + same
    // What was the same has no line end in it.
    at += same
    while (bytes[at] !== newline) at += 1
    at += 1
  }
  return -1
}
