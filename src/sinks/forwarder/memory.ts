import type { Entry } from './entry.ts'

/** Counts what is in memory, waiting or on its way. */
export class Memory {
  /** Called when nothing is left. */
  onEmpty: () => void = () => {}
  #bytes = 0
  #count = 0

  get bytes(): number {
    return this.#bytes
  }

  get count(): number {
    return this.#count
  }

  add({ payload }: Entry): void {
    this.#bytes += payload.body.length
    this.#count += 1
  }

  remove({ payload }: Entry): void {
    this.#bytes -= payload.body.length
    this.#count -= 1
    if (this.#count === 0) this.onEmpty()
  }
}
