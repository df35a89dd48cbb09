import type { Program } from './program.ts'

/** Where in a program a search is, in the order in which it prefers them; an instruction is there once at most. */
export class Threads {
  count = 0
  readonly order: Int32Array
  readonly #slotCount: number
  readonly #slots: Int32Array
  readonly #marks: Uint32Array
  #mark = 0

  constructor({ operations, slotCount }: Program) {
    this.order = new Int32Array(operations.length)
    this.#slotCount = slotCount
    this.#slots = new Int32Array(operations.length * slotCount)
    this.#marks = new Uint32Array(operations.length)
  }

  clear(): void {
    this.count = 0
    this.#mark = (this.#mark + 1) >>> 0
    if (this.#mark === 0) this.#marks.fill(0xffffffff)
  }

  /** Whether nobody was at this instruction yet. */
  enter(pc: number): boolean {
    if (this.#marks[pc] === this.#mark) return false
    this.#marks[pc] = this.#mark
    return true
  }

  push(pc: number, slots: Int32Array): void {
    this.order[this.count] = pc
    this.count += 1
    const to = pc * this.#slotCount
    for (let i = 0; i < this.#slotCount; i += 1) this.#slots[to + i] = slots[i] ?? -1
  }

  copySlots(pc: number, to: Int32Array): void {
    const from = pc * this.#slotCount
    for (let i = 0; i < this.#slotCount; i += 1) to[i] = this.#slots[from + i] ?? -1
  }
}
