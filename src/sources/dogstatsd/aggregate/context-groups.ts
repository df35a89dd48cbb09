import type { ContextTable } from './context-table.ts'
import { FreeList } from './free-list.ts'
import { HashIndex } from './hash-index.ts'

const none = -1

/**
 * Contexts that differ only in where they come from, while all that is known of those origins are the same tags: together
 * they are one series. Kept up to date with each context that comes, goes, or gets another tag set, so that nothing has to
 * be looked for at the end of an interval.
 */
export class ContextGroups {
  readonly #contexts: ContextTable
  readonly #groups: FreeList
  readonly #index: HashIndex
  /** For each group. */
  readonly #heads: Int32Array
  readonly #tagSets: Int32Array
  /** For each context. */
  readonly #groupOf: Int32Array
  readonly #next: Int32Array
  readonly #previous: Int32Array

  constructor(contexts: ContextTable) {
    this.#contexts = contexts
    this.#groups = new FreeList(contexts.limit)
    this.#index = new HashIndex(contexts.limit)
    this.#heads = new Int32Array(contexts.limit)
    this.#tagSets = new Int32Array(contexts.limit)
    this.#groupOf = new Int32Array(contexts.limit)
    this.#next = new Int32Array(contexts.limit)
    this.#previous = new Int32Array(contexts.limit)
  }

  /** The context under whose number its group is told. */
  headOf(context: number): number {
    return this.#heads[this.#groupOf[context] ?? 0] ?? context
  }

  /** The context behind this one in its group, -1 for the last; the first is the head. */
  nextOf(context: number): number {
    return this.#next[context] ?? none
  }

  join(context: number, tagSet: number): void {
    const identity = this.#contexts.identityOf(context)
    const hash = (identity[1] ?? 0) ^ Math.imul(tagSet, 0x9e_37_79_b1)
    let group = this.#index.find(
      hash,
      (each) =>
        this.#tagSets[each] === tagSet &&
        this.#contexts.hasIdentity(this.#heads[each] ?? 0, identity),
    )
    if (group >= 0) return this.#insert(context, group)
    group = this.#groups.take()
    this.#index.add(group, hash)
    this.#tagSets[group] = tagSet
    this.#heads[group] = context
    this.#groupOf[context] = group
    this.#next[context] = none
    this.#previous[context] = none
  }

  /** Before the context is removed, or joins another group. */
  leave(context: number): void {
    const group = this.#groupOf[context] ?? 0
    const next = this.#next[context] ?? none
    const previous = this.#previous[context] ?? none
    if (next !== none) this.#previous[next] = previous
    if (previous !== none) {
      this.#next[previous] = next
      return
    }
    if (next !== none) {
      this.#heads[group] = next
      return
    }
    this.#index.remove(group)
    this.#groups.give(group)
  }

  /** Behind the head, which stays. */
  #insert(context: number, group: number): void {
    const head = this.#heads[group] ?? 0
    const next = this.#next[head] ?? none
    this.#groupOf[context] = group
    this.#next[context] = next
    this.#previous[context] = head
    this.#next[head] = context
    if (next !== none) this.#previous[next] = context
  }
}
