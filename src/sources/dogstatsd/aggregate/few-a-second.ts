/** Things to be told, of which at most so many are taken in each second. */
export class FewASecond<Item> {
  readonly #clock: () => number
  readonly #perSecond: number
  #items: Item[] = []
  #second = 0
  #inSecond = 0

  constructor(clock: () => number, perSecond: number) {
    this.#clock = clock
    this.#perSecond = perSecond
  }

  /** @returns Whether it was taken. */
  add(item: Item): boolean {
    const second = Math.floor(this.#clock() / 1000)
    if (second !== this.#second) this.#inSecond = 0
    this.#second = second
    if (this.#inSecond === this.#perSecond) return false
    this.#inSecond += 1
    this.#items.push(item)
    return true
  }

  /** All that was taken since this was asked last. */
  take(): readonly Item[] {
    if (this.#items.length === 0) return this.#items
    const taken = this.#items
    this.#items = []
    return taken
  }

  get isEmpty(): boolean {
    return this.#items.length === 0
  }
}
