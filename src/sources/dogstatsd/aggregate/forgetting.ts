import type { AliasTable } from './alias-table.ts'
import type { Bucket } from './bucket.ts'
import type { ContextGroups } from './context-groups.ts'
import { typeNumbers, type ContextTable } from './context-table.ts'
import type { OriginTable } from './origin-table.ts'
import type { Outbox } from './outbox.ts'

export interface ForgettingParts {
  readonly contexts: ContextTable
  readonly groups: ContextGroups
  readonly origins: OriginTable
  readonly aliases: AliasTable
  readonly outbox: Outbox
  readonly totals: Float64Array | undefined
}

/** Slots and contexts that are looked at in a step for each context that could be told instead. */
const lookedAtPerTold = 16

/**
 * Forgets the contexts that nothing is heard of. First their aliases go, so that no bytes lead to them any more; whatever
 * was heard of one meanwhile makes it stay. Only then their numbers may be given to others.
 */
export class Forgetting {
  readonly #parts: ForgettingParts
  #state: 'idle' | 'aliases' | 'contexts' = 'idle'
  #next = 0
  #forgotten: number[] = []
  #hasForgotten = false
  /** Of the aliases, when they were looked at last. */
  #rebuilds = 0

  constructor(parts: ForgettingParts) {
    this.#parts = parts
  }

  get isBusy(): boolean {
    return this.#state !== 'idle'
  }

  /** @param isAnyDying Whether a context is marked; if not there is little to do. */
  start(isAnyDying: boolean): void {
    if (!isAnyDying) return this.#finish()
    this.#state = 'aliases'
    this.#next = 0
    this.#rebuilds = this.#parts.aliases.rebuilds
  }

  /** @param open The interval that samples are added to. */
  step(maxContexts: number, open: Bucket): void {
    const limit = this.#next + maxContexts * lookedAtPerTold
    if (this.#state === 'aliases') this.#forgetAliases(limit)
    else this.#forgetContexts(limit, open)
  }

  #forgetAliases(limit: number): void {
    const { aliases, contexts } = this.#parts
    if (aliases.rebuilds !== this.#rebuilds) this.#next = 0
    this.#rebuilds = aliases.rebuilds
    const to = Math.min(limit, aliases.slotCount)
    aliases.sweep(contexts.isDying, this.#next, to)
    this.#next = to
    if (to < aliases.slotCount) return
    this.#state = 'contexts'
    this.#next = 0
  }

  #forgetContexts(limit: number, open: Bucket): void {
    const { contexts } = this.#parts
    const to = Math.min(limit, contexts.top)
    for (let context = this.#next; context < to; context += 1) {
      if (contexts.isDying[context] === 0) continue
      contexts.isDying[context] = 0
      if (!this.#isHeardOf(context, open)) this.#forget(context)
    }
    this.#tell()
    this.#next = to
    if (to < contexts.top) return
    this.#state = 'idle'
    this.#finish()
  }

  #isHeardOf(context: number, open: Bucket): boolean {
    const { contexts } = this.#parts
    if (open.isTouched(context) || (contexts.heardS[context] ?? 0) >= contexts.startS) return true
    // A copy is there for as long as its histogram, which may lead to it at any time.
    const twin = contexts.twins[context] ?? -1
    return twin >= 0 && contexts.types[context] === typeNumbers.distribution
  }

  #forget(context: number): void {
    const { contexts, groups, origins, totals } = this.#parts
    const twin = contexts.twins[context] ?? -1
    if (twin >= 0) contexts.twins[twin] = -1
    if (totals !== undefined) totals[context] = 0
    origins.count(contexts.origins[context] ?? 0, -1)
    groups.leave(context)
    contexts.remove(context)
    this.#forgotten.push(context)
  }

  /** They are told at once: from now on their numbers may be given to others, who are told of after them. */
  #tell(): void {
    if (this.#forgotten.length === 0) return
    const contextIds = Int32Array.from(this.#forgotten)
    this.#parts.outbox.push({ kind: 'forgotten', contextIds, originIds: new Int32Array() })
    this.#forgotten = []
    this.#hasForgotten = true
  }

  #finish(): void {
    const { contexts, origins, aliases, outbox } = this.#parts
    if (this.#hasForgotten) {
      contexts.order()
      aliases.forgetRefused()
    }
    this.#hasForgotten = false
    aliases.settle()
    const originIds = Int32Array.from(origins.forget(contexts.startS))
    if (originIds.length > 0)
      outbox.push({ kind: 'forgotten', contextIds: new Int32Array(), originIds })
  }
}
