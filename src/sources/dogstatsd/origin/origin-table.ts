import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import type { Tagger } from '../../../component/tagger.ts'
import type { Origin, ToWorker } from '../worker-messages.ts'
import { resolveOrigin } from './resolve-origin.ts'

/** A container is known within this time of its start, or it is none of this engine's. */
const patienceMs = 3000
/** Origins looked up in one go: each takes about 4 µs, and other sources wait meanwhile. */
const atOnce = 5000

export interface OriginTableParts {
  readonly tagger: Tagger
  readonly settings: DogstatsdSettings['origin']
  /** Unix time in milliseconds. */
  readonly clock: () => number
}

/** Tags that one or more origins have. */
interface TagSet {
  /** 0 for no tags; no other number is given twice. */
  readonly id: number
  /** Absent for tags of one origin alone, which may become others soon. */
  readonly key?: string
  readonly tags: readonly string[]
  origins: number
}

interface Entry {
  readonly origin: Origin
  readonly sinceMs: number
  tagSet: TagSet
  isMissing: boolean
}

/** Stands in no tag: neither clients nor labels can send it. */
const separator = '\0'

/**
 * Tags of all origins that the worker knows: they may become known later than what came from there, and may change. An
 * origin is waited for during its first seconds; until then it has a number of its own, so that what came from two of them
 * is not added up.
 */
export class OriginTable {
  readonly #parts: OriginTableParts
  readonly #entries = new Map<number, Entry>()
  readonly #tagSets = new Map<string, TagSet>()
  readonly #noTags: TagSet = { id: 0, tags: [], origins: 0 }
  readonly #untold = new Set<number>()
  /** New ones of which something is missing yet. */
  readonly #awaited = new Set<number>()
  readonly #endListening: () => void
  #lastId = 0
  #isStale = false
  /** Those that the present round has not come to yet. */
  #round: Iterator<Entry> | undefined

  constructor(parts: OriginTableParts) {
    this.#parts = parts
    this.#endListening = parts.tagger.onChange(() => {
      this.#isStale = true
    })
  }

  /** Whether `isAwaited` is true of any origin. */
  get hasAwaited(): boolean {
    return this.#awaited.size > 0
  }

  /** Takes origins in, and looks for their tags at once. */
  add(origins: readonly Origin[]): void {
    const sinceMs = this.#parts.clock()
    for (const origin of origins) {
      const entry = { origin, sinceMs, tagSet: this.#noTags, isMissing: true }
      this.#entries.set(origin.id, entry)
      this.#awaited.add(origin.id)
      this.#resolve(entry)
    }
  }

  forget(originIds: Iterable<number>): void {
    for (const id of originIds) {
      const entry = this.#entries.get(id)
      if (entry === undefined) continue
      this.#release(entry.tagSet)
      this.#entries.delete(id)
      this.#untold.delete(id)
      this.#awaited.delete(id)
    }
  }

  /** Forgets all, as when the worker has ended. */
  clear(): void {
    this.forget([...this.#entries.keys()])
    this.#round = undefined
  }

  /**
   * Looks for all tags again if the tagger knows something else than at the last time; 5,000 in each call. To be called
   * about once a second.
   */
  refresh(): void {
    this.#giveUp()
    if (this.#round === undefined) {
      if (!this.#isStale) return
      this.#isStale = false
      this.#round = this.#entries.values()
    }
    for (let count = 0; count < atOnce; count += 1) {
      const { done, value } = this.#round.next()
      if (done === true) {
        this.#round = undefined
        return
      }
      this.#resolve(value)
    }
  }

  /** The same list for as long as an origin's tags stay the same; empty for 0 and for an origin that is not known. */
  tagsOf(originId: number): readonly string[] {
    return this.#entries.get(originId)?.tagSet.tags ?? this.#noTags.tags
  }

  /** Whether tags of a new origin are still to be expected: what comes from there may wait for them. */
  isAwaited(originId: number): boolean {
    return this.#awaited.has(originId)
  }

  /** What the worker is to be told since the last call. */
  takeNews(): Extract<ToWorker, { kind: 'tag-sets' }> | undefined {
    if (this.#untold.size === 0) return undefined
    const originIds = Int32Array.from(this.#untold)
    const tagSetIds = originIds.map((id) => this.#entries.get(id)?.tagSet.id ?? 0)
    this.#untold.clear()
    return { kind: 'tag-sets', originIds, tagSetIds }
  }

  close(): void {
    this.#endListening()
  }

  #resolve(entry: Entry): void {
    const { tagger, settings } = this.#parts
    const { tags, isMissing } = resolveOrigin(entry.origin, tagger, settings)
    // A container that is forgotten by now was what it was: counters are told for minutes after its end.
    if (isMissing && !entry.isMissing) return
    entry.isMissing = isMissing
    if (!isMissing) this.#awaited.delete(entry.origin.id)
    if (!this.#awaited.has(entry.origin.id)) this.#assign(entry, this.#tagSetFor(tags))
    else if (entry.tagSet.id === 0 || tags.length !== entry.tagSet.tags.length)
      this.#assign(entry, this.#makeTagSet(tags))
  }

  /** What was missing for too long is not waited for any more; it may come all the same. */
  #giveUp(): void {
    const latestMs = this.#parts.clock() - patienceMs
    for (const id of this.#awaited) {
      const entry = this.#entries.get(id)
      // In the order in which they came.
      if (entry === undefined || entry.sinceMs > latestMs) return
      this.#awaited.delete(id)
      this.#assign(entry, this.#tagSetFor(entry.tagSet.tags))
    }
  }

  #assign(entry: Entry, tagSet: TagSet): void {
    if (tagSet === entry.tagSet) return
    tagSet.origins += 1
    this.#release(entry.tagSet)
    entry.tagSet = tagSet
    this.#untold.add(entry.origin.id)
  }

  #tagSetFor(tags: readonly string[]): TagSet {
    if (tags.length === 0) return this.#noTags
    const sorted = tags.toSorted()
    const key = sorted.join(separator)
    const known = this.#tagSets.get(key)
    if (known !== undefined) return known
    const made = this.#makeTagSet(sorted, key)
    this.#tagSets.set(key, made)
    return made
  }

  /** Without a key it is shared with nobody: what the worker adds up by its number can still be told apart. */
  #makeTagSet(tags: readonly string[], key?: string): TagSet {
    return { id: (this.#lastId += 1), tags, origins: 0, ...(key !== undefined && { key }) }
  }

  #release(tagSet: TagSet): void {
    tagSet.origins -= 1
    if (tagSet.origins === 0 && tagSet.key !== undefined) this.#tagSets.delete(tagSet.key)
  }
}
