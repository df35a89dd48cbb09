/** Counts by reason since the start: what was taken in and what was dropped. */
export class IntakeCounts {
  readonly #counts = new Map<string, number>()

  /** Adds to one reason, such as `points` or `points_dropped.future`. */
  add(reason: string, count: number): void {
    if (count > 0) this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count)
  }

  /** All counts so far. */
  all(): Record<string, number> {
    return Object.fromEntries(this.#counts)
  }
}
