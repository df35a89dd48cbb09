import { Burst } from './burst.ts'
import { chainAt, rowInts } from './row.ts'

const smallestSlots = 1024
/** In `#members`: `[context, hash, hash, next member of the context + 1]` */
const memberWords = 4

/** Different members of the sets of one interval, each by 64 bits of its hash. */
export class SetMembers {
  #slots = new Int32Array(smallestSlots)
  /** Slots that are not empty: more than there are members, once some were merged. */
  #taken = 0
  #members: Int32Array
  #count = 0
  readonly #burst = new Burst(memberWords * 4)
  readonly #links: Int32Array

  /** @param links Integers of the interval's rows (`row.ts`). */
  constructor(links: Int32Array, maxMembers: number) {
    this.#members = new Int32Array(maxMembers * memberWords)
    this.#links = links
  }

  get count(): number {
    return this.#count
  }

  /**
   * Adds a member by its hashes.
   * @returns 1 when it is new, 0 when it was there, -1 when there is no room.
   */
  add(context: number, high: number, low: number): number {
    const slot = this.#find(context, high, low)
    if (this.#slots[slot] !== 0) return 0
    const at = this.#count * memberWords
    if (at === this.#members.length) return -1
    this.#members[at] = context
    this.#members[at + 1] = high
    this.#members[at + 2] = low
    this.#enchain(context, this.#count)
    this.#count += 1
    this.#occupy(slot, this.#count)
    return 1
  }

  /** Makes all members of a context those of another one, and tells how many of them that one did not have. */
  merge(from: number, into: number): number {
    let gained = 0
    let member = (this.#links[from * rowInts + chainAt] ?? 0) - 1
    this.#links[from * rowInts + chainAt] = 0
    while (member >= 0) {
      const at = member * memberWords
      const next = (this.#members[at + 3] ?? 0) - 1
      const slot = this.#find(into, this.#members[at + 1] ?? 0, this.#members[at + 2] ?? 0)
      if (this.#slots[slot] === 0) {
        // It stays in its old slot too, where nobody looks for it any more.
        this.#members[at] = into
        this.#enchain(into, member)
        this.#occupy(slot, member + 1)
        gained += 1
      }
      member = next
    }
    return gained
  }

  /** Once all rows are cleared; what was far too large gets smaller. */
  clear(): void {
    if (this.#burst.isOver(this.#count)) this.#members = new Int32Array(this.#members.length)
    const { length } = this.#slots
    if (length > smallestSlots && this.#taken * 16 < length)
      this.#slots = new Int32Array(length / 4)
    else if (this.#taken > 0) this.#slots.fill(0)
    this.#taken = 0
    this.#count = 0
  }

  /** The slot of a member, or the empty one where it belongs. */
  #find(context: number, high: number, low: number): number {
    const slots = this.#slots
    const members = this.#members
    const mask = slots.length - 1
    for (let slot = placeOf(context, low) & mask; ; slot = (slot + 1) & mask) {
      const at = ((slots[slot] ?? 0) - 1) * memberWords
      if (at < 0) return slot
      if (members[at + 2] !== low || members[at + 1] !== high) continue
      if (members[at] === context) return slot
    }
  }

  #enchain(context: number, member: number): void {
    const chain = context * rowInts + chainAt
    this.#members[member * memberWords + 3] = this.#links[chain] ?? 0
    this.#links[chain] = member + 1
  }

  #occupy(slot: number, entry: number): void {
    this.#slots[slot] = entry
    this.#taken += 1
    if (this.#taken * 2 > this.#slots.length) this.#grow()
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    const mask = this.#slots.length - 1
    for (let entry = 1; entry <= this.#count; entry += 1) {
      const at = (entry - 1) * memberWords
      let slot = placeOf(this.#members[at] ?? 0, this.#members[at + 2] ?? 0) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = entry
    }
    this.#taken = this.#count
  }
}

function placeOf(context: number, low: number): number {
  const mixed = Math.imul(context, 0x9e_37_79_b1) ^ low
  return mixed ^ (mixed >>> 15)
}
