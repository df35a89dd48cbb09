import { randomInt } from 'node:crypto'

/**
 * Random numbers that can be had again: the same seed gives the same numbers.
 * @see https://en.wikipedia.org/wiki/Xorshift (xorshift32)
 */
export class Random {
  readonly seed: number
  #state: number

  /** @param seed Not 0. */
  constructor(seed: number) {
    this.seed = seed
    this.#state = seed | 0
  }

  /** At least 0, below 1. */
  fraction(): number {
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x
    return (x >>> 0) / 2 ** 32
  }

  /** At least 0, below `end`. */
  integer(end: number): number {
    return Math.floor(this.fraction() * end)
  }

  /** True in `share` of all cases. */
  chance(share: number): boolean {
    return this.fraction() < share
  }

  /** @throws {RangeError} If the list is empty. */
  pick<Item>(items: readonly Item[]): Item {
    const index = this.integer(items.length)
    const item = items[index]
    if (item === undefined) throw new RangeError(`Cannot pick one of ${items.length} items`)
    return item
  }

  /** Between `least` and `most` things. */
  list<Item>([least, most]: readonly [number, number], make: () => Item): Item[] {
    return Array.from({ length: least + this.integer(most - least + 1) }, make)
  }
}

/** A seed of its own for each run; to have one again, set `VIGIE_TEST_SEED`. */
export function newSeed(): number {
  const given = process.env['VIGIE_TEST_SEED']
  return given === undefined ? randomInt(1, 2 ** 31) : Number(given)
}
