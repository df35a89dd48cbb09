import { PatternEffortError } from '../../../../component/linear-pattern/effort.ts'
import type { LinearPattern } from '../../../../component/linear-pattern/linear-pattern.ts'
import type { TextRange } from '../../../../component/linear-pattern/match-finder.ts'
import { ByteGatherer } from '../byte-gatherer.ts'
import type { Replacement } from './replacement.ts'

/** Of a mask, for lines of usual length. */
const keptBytes = 4096

/** A text after a mask, in memory that is valid until the next text. */
export interface Masked {
  readonly text: TextRange
  /** It would have taken too long: what is behind the last match that was found is masked as a whole. */
  readonly isGivenUp: boolean
}

/** Replaces what a pattern matches. Bytes that it does not match stay as they are, UTF-8 or not. */
export class Mask {
  readonly #pattern: LinearPattern
  readonly #replacement: Replacement
  readonly #masked = new ByteGatherer(keptBytes)

  constructor(pattern: LinearPattern, replacement: Replacement) {
    this.#pattern = pattern
    this.#replacement = replacement
  }

  /** @returns `undefined` when nothing matched. */
  apply(text: TextRange): Masked | undefined {
    const { bytes, start, end } = text
    let isGivenUp = false
    try {
      if (!this.#pattern.test(bytes, start, end)) return undefined
    } catch (error) {
      if (!(error instanceof PatternEffortError)) throw error
      isGivenUp = true
    }
    const masked = this.#masked
    masked.clear()
    let from = start
    try {
      if (!isGivenUp)
        this.#pattern.matches(text, (slots) => {
          masked.add(bytes, from, slots[0] ?? from)
          this.#replace(bytes, slots)
          from = slots[1] ?? from
        })
    } catch (error) {
      if (!(error instanceof PatternEffortError)) throw error
      isGivenUp = true
    }
    if (isGivenUp) masked.addAll(this.#replacement.plain)
    else masked.add(bytes, from, end)
    return { text: { bytes: masked.bytes, start: 0, end: masked.length }, isGivenUp }
  }

  #replace(bytes: Uint8Array, slots: Int32Array): void {
    for (const piece of this.#replacement.pieces) {
      if (typeof piece !== 'number') this.#masked.addAll(piece)
      else if ((slots[2 * piece] ?? -1) >= 0)
        this.#masked.add(bytes, slots[2 * piece] ?? 0, slots[2 * piece + 1] ?? 0)
    }
  }
}
