/** More words than this are not kept: a host with so many devices or interfaces costs a string for each. */
const maxWords = 128

/** Strings for short words that stand in a file again and again, such as `eth0` or `254:0`: each is made once. */
export class KnownWords {
  readonly #known: { readonly bytes: Uint8Array; readonly text: string }[] = []

  /** The word in `bytes` from `from` up to, but without, `to`. */
  at(bytes: Buffer, from: number, to: number): string {
    for (const { bytes: word, text } of this.#known) {
      if (word.length === to - from && isSame(word, bytes, from)) return text
    }
    const text = bytes.toString('latin1', from, to)
    if (this.#known.length < maxWords)
      this.#known.push({ bytes: new Uint8Array(bytes.subarray(from, to)), text })
    return text
  }
}

function isSame(word: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < word.length; i += 1) if (word[i] !== bytes[from + i]) return false
  return true
}
