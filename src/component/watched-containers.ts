/**
 * The containers that somebody looks at just now, of which more is read than of others. The server names them in its
 * answers; what it does not name again for a while nobody looks at any more.
 */
export interface WatchedContainers {
  /** Takes the place of what was named before. */
  readonly watch: (ids: readonly string[]) => void
  readonly ids: () => readonly string[]
}

/** Answers come once a second: without one for so long nobody looks, or the server is away. */
const keptMs = 10_000

/** Nobody looks at anything until told otherwise. */
export function createWatchedContainers(clock: () => number): WatchedContainers {
  let named: readonly string[] = []
  let namedAtMs = 0
  return {
    watch(ids) {
      named = ids
      namedAtMs = clock()
    },
    ids: () => (clock() - namedAtMs < keptMs ? named : []),
  }
}
