/** Who shows the cursor: a chart, a histogram. */
type Follower = object

type Listener = (timeS: number | undefined) => void

/** The time a reader points at, which everything with an axis of time on the page shows. */
export interface SharedCursor {
  /** Tells all others where `source` is pointed at, in Unix seconds; `undefined` once it is not any more. */
  readonly point: (source: Follower, timeS: number | undefined) => void
  /** Calls `listener` with what others are pointed at; what comes back ends that. */
  readonly follow: (follower: Follower, listener: Listener) => () => void
  /** Whether the reader points at this one. */
  readonly isAt: (follower: Follower) => boolean
}

/** A cursor that nobody follows yet. */
export function openSharedCursor(): SharedCursor {
  const listeners = new Map<Follower, Listener>()
  let pointedAt: Follower | undefined
  return {
    point(source, timeS) {
      // One that the pointer leaves late must not take the cursor from the one it has come to.
      if (timeS === undefined && pointedAt !== source) return
      pointedAt = timeS === undefined ? undefined : source
      for (const [follower, listener] of listeners) if (follower !== source) listener(timeS)
    },
    follow(follower, listener) {
      listeners.set(follower, listener)
      return () => {
        listeners.delete(follower)
        if (pointedAt === follower) pointedAt = undefined
      }
    },
    isAt: (follower) => pointedAt === follower,
  }
}

/** That of the page: there is one pointer, and one page at a time. */
export const sharedCursor: SharedCursor = openSharedCursor()
