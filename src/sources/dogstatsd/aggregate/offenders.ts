import type { Offender } from '../worker-messages.ts'
import type { ContextTable } from './context-table.ts'
import { hashName } from './identity.ts'

/** Names that are kept track of; another one takes the place of the least. */
const maxNames = 64
const maxTold = 10

/** Names of metrics whose contexts found no room: who is to blame that there is none. */
export class Offenders {
  #names: string[] = []
  readonly #dropped = new Float64Array(maxNames)
  #hasNew = false
  #isTold = false

  /** @returns The place of the name, for `addAt`. */
  add(name: string, samples: number): number {
    let place = this.#names.indexOf(name)
    if (place < 0) place = this.#placeFor(name)
    this.addAt(place, samples)
    return place
  }

  /** Samples of the same name as before; it may have lost its place to another one meanwhile. */
  addAt(place: number, samples: number): void {
    this.#hasNew = true
    this.#dropped[place] = (this.#dropped[place] ?? 0) + samples
  }

  /**
   * The worst, by contexts, to be told at the end of an interval; an empty list once all found room again, `undefined` while
   * there is nothing new.
   */
  report(contexts: ContextTable): readonly Offender[] | undefined {
    if (!this.#hasNew) {
      if (!this.#isTold) return undefined
      this.#isTold = false
      this.#names = []
      return []
    }
    this.#hasNew = false
    this.#isTold = true
    return this.#count(contexts)
      .toSorted((a, b) => b.contexts - a.contexts || b.dropped - a.dropped)
      .slice(0, maxTold)
  }

  #count(contexts: ContextTable): readonly Offender[] {
    const byHash = new Map(this.#names.map((name) => [hashName(name), 0]))
    for (let context = 0; context < contexts.top; context += 1) {
      const hash = contexts.nameHashes[context] ?? 0
      const count = contexts.types[context] === 0 ? undefined : byHash.get(hash)
      if (count !== undefined) byHash.set(hash, count + 1)
    }
    return this.#names.map((name, place) => ({
      name,
      contexts: byHash.get(hashName(name)) ?? 0,
      dropped: this.#dropped[place] ?? 0,
    }))
  }

  #placeFor(name: string): number {
    const isFull = this.#names.length === maxNames
    const place = isFull ? this.#dropped.indexOf(Math.min(...this.#dropped)) : this.#names.length
    this.#names[place] = name
    this.#dropped[place] = 0
    return place
  }
}
