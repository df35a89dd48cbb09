import type { Origin } from '../worker-messages.ts'

/** What is told of an origin; `undefined` for what is not. */
export type OriginFields = {
  readonly [Field in Exclude<keyof Origin, 'id'>]?: Origin[Field] | undefined
}

interface KnownOrigin {
  readonly key: string
  /** Contexts from there. */
  contexts: number
  /** Start of the interval in which it was last asked for, Unix time in seconds. */
  askedS: number
  /** Number of its set of tags; 0 while nothing is known. */
  tagSet: number
}

/** So long an origin without contexts is kept, for events that may refer to it. */
const keptS = 60

/** Gives numbers to origins; 0 is the one that tells nothing. There are few, so they are plain objects. */
export class OriginTable {
  readonly #numbers = new Map<string, number>()
  readonly #known: (KnownOrigin | undefined)[] = [undefined]
  readonly #free: number[] = []
  #new: Origin[] = []

  numberOf(fields: OriginFields, startS: number): number {
    const key = keyOf(fields)
    if (key === nothing) return 0
    const number = this.#numbers.get(key) ?? this.#make(key, fields)
    const known = this.#known[number]
    if (known !== undefined) known.askedS = startS
    return number
  }

  tagSetOf(number: number): number {
    return this.#known[number]?.tagSet ?? 0
  }

  /** @returns Whether it had another one before. */
  setTagSet(number: number, tagSet: number): boolean {
    const known = this.#known[number]
    if (known === undefined || known.tagSet === tagSet) return false
    known.tagSet = tagSet
    return true
  }

  /** A context from there came, or went. */
  count(number: number, by: 1 | -1): void {
    const known = this.#known[number]
    if (known !== undefined) known.contexts += by
  }

  /** Origins that were made since this was asked last. */
  takeNew(): readonly Origin[] {
    if (this.#new.length === 0) return this.#new
    const taken = this.#new
    this.#new = []
    return taken
  }

  /** Forgets those that nothing refers to any more, and gives their numbers. */
  forget(startS: number): readonly number[] {
    const forgotten: number[] = []
    for (const [number, known] of this.#known.entries()) {
      if (known === undefined || known.contexts > 0 || startS - known.askedS < keptS) continue
      this.#known[number] = undefined
      this.#numbers.delete(known.key)
      this.#free.push(number)
      forgotten.push(number)
    }
    return forgotten
  }

  #make(key: string, fields: OriginFields): number {
    const number = this.#free.pop() ?? this.#known.length
    this.#known[number] = { key, contexts: 0, askedS: 0, tagSet: 0 }
    this.#numbers.set(key, number)
    const told = Object.entries(fields).filter(([, value]) => value !== undefined)
    this.#new.push({ id: number, ...Object.fromEntries(told) })
    return number
  }
}

/** JSON writes `null` for what is absent. */
function keyOf(fields: OriginFields): string {
  const { senderContainerId, localData, externalData, cardinality, entityId } = fields
  return JSON.stringify([senderContainerId, localData, externalData, cardinality, entityId])
}

const nothing = keyOf({})
