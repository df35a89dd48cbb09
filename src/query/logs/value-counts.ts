/** A value and how many lines have it. */
export interface ValueCount {
  readonly value: string
  readonly count: number
}

/** Adds up how often values occur. */
export class ValueCounts {
  readonly #counts = new Map<string, number>()

  /** An empty value is none. */
  add(value: string, count: number): void {
    if (value !== '') this.#counts.set(value, (this.#counts.get(value) ?? 0) + count)
  }

  /** The most frequent values, the first first. */
  top(limit: number): readonly ValueCount[] {
    return Array.from(this.#counts, ([value, count]) => ({ value, count }))
      .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, limit)
  }
}
