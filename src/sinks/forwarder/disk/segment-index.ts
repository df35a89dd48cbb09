import type { Segment } from './segment.ts'

/** Which of several. */
export type End = 'oldest' | 'newest'

/** The segments of one destination by their age. */
export class SegmentIndex {
  /** The oldest first. */
  readonly #segments: Segment[] = []

  get all(): readonly Segment[] {
    return this.#segments
  }

  get sizeBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.sizeBytes, 0)
  }

  /** Payloads that are on disk and not in memory. */
  get unread(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.unread, 0)
  }

  /** Routes of which payloads are on disk and not in memory. */
  get routes(): ReadonlySet<string> {
    return new Set(this.#segments.filter(({ unread }) => unread > 0).map(({ route }) => route))
  }

  /** One with payloads that are not in memory. */
  find(route: string, end: End): Segment | undefined {
    const isWanted = (segment: Segment): boolean => segment.route === route && segment.unread > 0
    return end === 'oldest' ? this.#segments.find(isWanted) : this.#segments.findLast(isWanted)
  }

  /** The one to which payloads of that route are added at present. */
  findGrowing(route: string): Segment | undefined {
    return this.#segments.find((segment) => segment.route === route && segment.isGrowing)
  }

  add(segment: Segment): void {
    const at = this.#segments.findLastIndex(({ sequence }) => sequence <= segment.sequence)
    this.#segments.splice(at + 1, 0, segment)
  }

  remove(segment: Segment): void {
    const at = this.#segments.indexOf(segment)
    if (at >= 0) this.#segments.splice(at, 1)
  }
}
