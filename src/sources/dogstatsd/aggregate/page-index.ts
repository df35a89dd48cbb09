const smallestSlots = 1024
/** Keys of pages need 11 bits: those of bins have 16, and a page holds 32 of them. */
const pageKeyBits = 11

/** Finds the page of a context's sketch by its key, in one interval: open addressing, `[context and page key, page + 1]`. */
export class PageIndex {
  #slots = new Int32Array(smallestSlots * 2)
  #mask = smallestSlots - 1
  #size = 0

  /** -1 when there is none. */
  find(context: number, pageKey: number): number {
    const slots = this.#slots
    const mask = this.#mask
    const tag = tagOf(context, pageKey)
    for (let slot = placeOf(tag) & mask; ; slot = (slot + 1) & mask) {
      const page = slots[(slot << 1) + 1] ?? 0
      if (page === 0) return -1
      if (slots[slot << 1] === tag) return page - 1
    }
  }

  /** Adds a page that is not in it. */
  add(context: number, pageKey: number, page: number): void {
    if (this.#size * 2 > this.#mask) this.#grow()
    this.#put(tagOf(context, pageKey), page)
    this.#size += 1
  }

  /** Forgets all pages; what was far too large for them gets smaller. */
  clear(): void {
    const count = this.#mask + 1
    if (count > smallestSlots && this.#size * 16 < count) this.#allocate(count / 4)
    else if (this.#size > 0) this.#slots.fill(0)
    this.#size = 0
  }

  #put(tag: number, page: number): void {
    let slot = placeOf(tag) & this.#mask
    while (this.#slots[slot * 2 + 1] !== 0) slot = (slot + 1) & this.#mask
    this.#slots[slot * 2] = tag
    this.#slots[slot * 2 + 1] = page + 1
  }

  #grow(): void {
    const old = this.#slots
    this.#allocate(old.length)
    for (let at = 0; at < old.length; at += 2)
      if (old[at + 1] !== 0) this.#put(old[at] ?? 0, (old[at + 1] ?? 0) - 1)
  }

  #allocate(count: number): void {
    this.#slots = new Int32Array(count * 2)
    this.#mask = count - 1
  }
}

function tagOf(context: number, pageKey: number): number {
  return (context << pageKeyBits) | (pageKey & ((1 << pageKeyBits) - 1))
}

function placeOf(tag: number): number {
  const mixed = Math.imul(tag, 0x9e_37_79_b1)
  return mixed ^ (mixed >>> 15)
}
