import type { Series } from '../../../model/series.ts'
import type { MetricType } from '../metric-type.ts'
import type { Context } from '../worker-messages.ts'
import { StringPool } from './string-pool.ts'

/** A context as the worker told it, with the series that were made for it. */
export interface KnownContext {
  readonly type: MetricType
  readonly name: string
  readonly tags: readonly string[]
  /** Absent where the client told none: then it is that of the agent. */
  readonly host: string | undefined
  readonly originId: number
  /** What `series` was made with. */
  originTags: readonly string[]
  /**
   * One, but of a histogram one for each of its values; `undefined` among those for one that is not wanted. Absent until
   * something is handed on.
   */
  series: Series | readonly (Series | undefined)[] | undefined
}

/** All contexts that the worker has, by their ids. */
export class KnownContexts {
  readonly #contexts: (KnownContext | undefined)[] = []
  readonly #strings = new StringPool()
  #count = 0
  /** Most contexts since the strings were last let go of. */
  #mostCount = 0

  get count(): number {
    return this.#count
  }

  add(contexts: readonly Context[]): void {
    for (const { id, type, name, tags, host, originId } of contexts) {
      if (this.#contexts[id] === undefined) this.#count += 1
      // Ids may come out of order: without the ones between, the array would become a dictionary.
      while (this.#contexts.length < id) this.#contexts.push(undefined)
      this.#contexts[id] = {
        type,
        name: this.#strings.intern(name),
        tags: tags.map((tag) => this.#strings.intern(tag)),
        host: host === undefined ? undefined : this.#strings.intern(host),
        originId,
        originTags: noTags,
        series: undefined,
      }
    }
    this.#mostCount = Math.max(this.#mostCount, this.#count)
  }

  forget(contextIds: Iterable<number>): void {
    for (const id of contextIds) {
      if (this.#contexts[id] === undefined) continue
      this.#contexts[id] = undefined
      this.#count -= 1
    }
    if (this.#count === 0) this.clear()
    else if (this.#count < this.#mostCount / 4) this.#forgetStrings()
  }

  get(id: number): KnownContext | undefined {
    return this.#contexts[id]
  }

  /** Forgets all, as when the worker has ended. */
  clear(): void {
    this.#contexts.length = 0
    this.#count = 0
    this.#forgetStrings()
  }

  /** After a flood of contexts most of them are nobody's any more. */
  #forgetStrings(): void {
    this.#strings.clear()
    this.#mostCount = this.#count
  }
}

const noTags: readonly string[] = []
