/**
 * Turns the times an engine writes into its answers into this machine's monotonic milliseconds. Its clock may be wrong, and
 * may be set; that it read the figures between the question and the answer is certain.
 */
export class EngineClock {
  #offsetMs = 0

  /**
   * @param engineMs Unix milliseconds by the engine's clock.
   * @param asked Monotonic milliseconds of the question and of its answer.
   * @returns Monotonic milliseconds within those two; the time between two readings is as exact as the engine's clock
   *   while that is not set.
   */
  toMonotonicMs(
    engineMs: number,
    asked: { readonly fromMs: number; readonly toMs: number },
  ): number {
    const atMs = engineMs + this.#offsetMs
    const withinMs = Math.min(asked.toMs, Math.max(asked.fromMs, atMs))
    this.#offsetMs += withinMs - atMs
    return withinMs
  }
}
