const smallest = 256

/**
 * Finds small numbers by the hash of what they stand for: open addressing in typed arrays. What equal means is the asker's to
 * say. Grows and shrinks with what is in it.
 */
export class HashIndex {
  /** Number + 1; 0 is an empty place. */
  #slots = new Int32Array(smallest)
  readonly #hashes: Int32Array
  #size = 0

  /** @param limit All numbers lie below. */
  constructor(limit: number) {
    this.#hashes = new Int32Array(limit)
  }

  get size(): number {
    return this.#size
  }

  /** The number added with that hash for which `isSame` says so, -1 when there is none. */
  find(hash: number, isSame: (number: number) => boolean): number {
    const mask = this.#slots.length - 1
    for (let slot = place(hash) & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] ?? 0) - 1
      if (number < 0) return -1
      if (this.#hashes[number] === hash && isSame(number)) return number
    }
  }

  /** Adds a number that is not in it. */
  add(number: number, hash: number): void {
    this.#hashes[number] = hash
    this.#size += 1
    if (this.#size * 2 > this.#slots.length) this.#resize(this.#slots.length * 2)
    this.#put(number)
  }

  /** Removes a number that is in it. */
  remove(number: number): void {
    this.#vacate(this.#slotOf(number))
    this.#size -= 1
    const length = this.#slots.length
    if (length > smallest && this.#size * 16 < length) this.#resize(length / 4)
  }

  #put(number: number): void {
    const mask = this.#slots.length - 1
    let slot = place(this.#hashes[number] ?? 0) & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = number + 1
  }

  #slotOf(number: number): number {
    const mask = this.#slots.length - 1
    let slot = place(this.#hashes[number] ?? 0) & mask
    while (this.#slots[slot] !== number + 1) slot = (slot + 1) & mask
    return slot
  }

  /** Empties a place, and moves up what could not be found any more behind it. */
  #vacate(from: number): void {
    const mask = this.#slots.length - 1
    let hole = from
    for (let slot = (hole + 1) & mask; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const home = place(this.#hashes[(this.#slots[slot] ?? 0) - 1] ?? 0) & mask
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue
      this.#slots[hole] = this.#slots[slot] ?? 0
      hole = slot
    }
    this.#slots[hole] = 0
  }

  #resize(length: number): void {
    const old = this.#slots
    this.#slots = new Int32Array(length)
    for (const entry of old) if (entry !== 0) this.#put(entry - 1)
  }
}

function place(hash: number): number {
  return hash ^ (hash >>> 15)
}
