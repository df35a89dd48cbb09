/** When secrets were used last, in memory: they are used far more often than a file may be written. */
export class LastUsed {
  readonly #marks = new Map<string, number>()

  mark(id: string, atMs: number): void {
    this.#marks.set(id, atMs)
  }

  /** The later of what is known here and what was stored. */
  of(id: string, storedMs: number | undefined): number | undefined {
    const markedMs = this.#marks.get(id)
    if (markedMs === undefined || storedMs === undefined) return markedMs ?? storedMs
    return Math.max(markedMs, storedMs)
  }

  /** The records with what is known here; the same list where nothing is, so that nothing is written then. */
  merge<Item extends { readonly lastUsedAtMs?: number | undefined }>(
    items: readonly Item[],
    idOf: (item: Item) => string,
  ): readonly Item[] {
    if (items.every((item) => this.of(idOf(item), item.lastUsedAtMs) === item.lastUsedAtMs)) {
      return items
    }
    return items.map((item) => {
      const lastUsedAtMs = this.of(idOf(item), item.lastUsedAtMs)
      return lastUsedAtMs === undefined ? item : { ...item, lastUsedAtMs }
    })
  }

  /** Forgets those that are not among `ids` any more. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#marks.keys()) if (!ids.has(id)) this.#marks.delete(id)
  }
}
