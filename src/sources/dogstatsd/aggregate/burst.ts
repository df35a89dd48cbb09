/** What is not worth giving back. */
const smallBytes = 4 << 20

/** Notices when memory that a burst has used is needed no more: memory goes back only when an array is made anew. */
export class Burst {
  readonly #bytesEach: number
  /** How much was ever used since the array was made. */
  #most = 0

  /** @param bytesEach Of one thing in the array. */
  constructor(bytesEach: number) {
    this.#bytesEach = bytesEach
  }

  /**
   * Whether it is time for a new array.
   * @param used How much was used at most since this was asked last.
   */
  isOver(used: number): boolean {
    this.#most = Math.max(this.#most, used)
    const isOver = this.#most * this.#bytesEach > smallBytes && used * 4 < this.#most
    if (isOver) this.#most = used
    return isOver
  }
}
