import type { LogFilter } from '../language/log-filter.ts'
import { explainFailure } from '../explain-failure.ts'
import type { LogStore } from '../log-store.ts'
import type { TailFollower, TailPlace } from './open-log-tails.ts'
import { readNewLines, type NewLines } from './read-new-lines.ts'

interface Place {
  readonly follower: TailFollower
  /** It has all that came in up to then, Unix milliseconds. */
  takenMs: number
}

/** One query that is followed, and how far each of its followers is. */
export class TailedQuery {
  readonly #store: LogStore
  readonly #filter: LogFilter
  readonly #onLeft: () => void
  readonly #places = new Set<Place>()

  /** `onLeft` is called when nobody follows it any longer. */
  constructor(store: LogStore, filter: LogFilter, onLeft: () => void) {
    this.#store = store
    this.#filter = filter
    this.#onLeft = onLeft
  }

  /** Takes in a follower that has all that came in up to `takenMs`. */
  add(follower: TailFollower, takenMs: number): Omit<TailPlace, 'wake'> {
    const place: Place = { follower, takenMs }
    this.#places.add(place)
    return { takenMs: () => place.takenMs, close: () => this.#remove(place) }
  }

  /** Gives each follower that is ready what came in since it was given something last. Never rejects. */
  async look(upToMs: number): Promise<void> {
    for (const [afterMs, places] of this.#waiting(upToMs)) {
      try {
        const news = await readNewLines(this.#store, this.#filter, { afterMs, upToMs })
        for (const place of places) this.#give(place, news, upToMs)
      } catch (error) {
        for (const place of places) {
          this.#remove(place)
          place.follower.fail(explainFailure(error))
        }
      }
    }
  }

  /** Those that are ready and have not everything yet, by how far they are. */
  #waiting(upToMs: number): ReadonlyMap<number, readonly Place[]> {
    const places = [...this.#places].filter(
      ({ takenMs, follower }) => takenMs < upToMs && follower.isReady(),
    )
    return Map.groupBy(places, ({ takenMs }) => takenMs)
  }

  #give(place: Place, news: NewLines, upToMs: number): void {
    if (!this.#places.has(place)) return
    place.takenMs = upToMs
    if (news.lines.length + news.skipped > 0) place.follower.take(news, upToMs)
  }

  #remove(place: Place): void {
    if (this.#places.delete(place) && this.#places.size === 0) this.#onLeft()
  }
}
