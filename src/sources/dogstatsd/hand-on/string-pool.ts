const maxPooled = 50_000
/** Longer texts are rare, and would let the pool hold megabytes for nothing. */
const maxLength = 200

/**
 * Gives equal texts as one: what a worker tells of 100,000 contexts repeats the same names and tags over and over. Texts that
 * were not asked for lately are let go of.
 */
export class StringPool {
  #young = new Map<string, string>()
  #old = new Map<string, string>()

  intern(text: string): string {
    if (text.length > maxLength) return text
    const young = this.#young.get(text)
    if (young !== undefined) return young
    const pooled = this.#old.get(text) ?? text
    if (this.#young.size >= maxPooled) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(pooled, pooled)
    return pooled
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }
}
