/**
 * Numbers from 0 up to a limit, given out and taken back, with one link to another number for each, which belongs to whoever
 * has the number. They are given in ascending order, round and round among those that were ever out: what is asked for
 * at about the same time so lies together in memory, and memory behind numbers that were never out is never touched.
 */
export class FreeList {
  /** One for each number; -1 stands for none. */
  readonly links: Int32Array
  /** Not 0 for those that are out. */
  readonly #isOut: Uint8Array
  #top = 0
  #used = 0
  /** Where the search begins. */
  #next = 0

  constructor(limit: number) {
    this.links = new Int32Array(limit)
    this.#isOut = new Uint8Array(limit)
  }

  /** How many are out. */
  get used(): number {
    return this.#used
  }

  /** All numbers that are out lie below. */
  get top(): number {
    return this.#top
  }

  /** A number that nobody has, -1 when all are out. Its link has any value. */
  take(): number {
    const number = this.#used === this.#top ? this.#extend() : this.#search()
    if (number < 0) return number
    this.#isOut[number] = 1
    this.#used += 1
    this.#next = number + 1
    return number
  }

  give(number: number): void {
    this.#isOut[number] = 0
    this.#used -= 1
  }

  /** Lets the lowest numbers be given first, and `top` be as low as it can. */
  rewind(): void {
    this.#top = this.#isOut.lastIndexOf(1, this.#top) + 1
    this.#next = 0
  }

  #extend(): number {
    if (this.#top === this.#isOut.length) return -1
    this.#top += 1
    return this.#top - 1
  }

  #search(): number {
    if (this.#next < this.#top && this.#isOut[this.#next] === 0) return this.#next
    const behind = this.#isOut.indexOf(0, this.#next)
    return behind >= 0 && behind < this.#top ? behind : this.#isOut.indexOf(0)
  }
}
