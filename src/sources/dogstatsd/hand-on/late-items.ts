import type { Item } from '../../../model/item.ts'
import type { OriginTable } from '../origin/origin-table.ts'

/** What comes while so many wait is handed on at once, with the tags that are known. */
const maxWaiting = 20_000

interface Waiting {
  readonly originId: number
  readonly make: () => Item
}

/** What waits for the tags of a new container, some seconds at most. */
export class LateItems {
  readonly #origins: Pick<OriginTable, 'isAwaited' | 'hasAwaited'>
  #waiting: Waiting[] = []

  constructor(origins: Pick<OriginTable, 'isAwaited' | 'hasAwaited'>) {
    this.#origins = origins
  }

  get count(): number {
    return this.#waiting.length
  }

  /** Whether what comes from this origin now has to wait. */
  mustWait(originId: number): boolean {
    return (
      this.#origins.hasAwaited &&
      this.#waiting.length < maxWaiting &&
      this.#origins.isAwaited(originId)
    )
  }

  /** @param make Called once, when the tags are known or not to be expected any more. */
  add(originId: number, make: () => Item): void {
    this.#waiting.push({ originId, make })
  }

  /** What need not wait any longer, in its order. */
  take(): readonly Item[] {
    return this.#takeIf(({ originId }) => !this.#origins.isAwaited(originId))
  }

  /** What came from origins that are about to be forgotten. */
  takeOf(originIds: ReadonlySet<number>): readonly Item[] {
    return this.#takeIf(({ originId }) => originIds.has(originId))
  }

  takeAll(): readonly Item[] {
    return this.#takeIf(() => true)
  }

  #takeIf(isDue: (waiting: Waiting) => boolean): readonly Item[] {
    if (this.#waiting.length === 0) return []
    const due = this.#waiting.filter((each) => isDue(each))
    if (due.length > 0) this.#waiting = this.#waiting.filter((each) => !isDue(each))
    return due.map(({ make }) => make())
  }
}
