/** Tells how fast the past really goes by, from how far it has come over the last seconds. */
export interface PaceMeter {
  /** Where it is; gives the seconds of the past that go by in one, or undefined until it is known. */
  put(place: PacePlace): number | undefined
  /** Begins anew: what was before says nothing of what comes. */
  reset(): void
}

/** A moment of the past, Unix milliseconds, and when it was shown, by a clock that only goes forward. */
export interface PacePlace {
  readonly elapsedMs: number
  readonly atMs: number
}

/** Shorter than this, one wait for what comes next would count as slow. */
const measuredMs = 4000

/** A meter that knows nothing yet. */
export function createPaceMeter(): PaceMeter {
  let places: PacePlace[] = []
  return {
    put(place) {
      places.push(place)
      // The newest of those that are old enough stays, so that what is measured is never shorter.
      const first = places.findLastIndex(
        ({ elapsedMs }) => place.elapsedMs - elapsedMs >= measuredMs,
      )
      const [from] = (places = places.slice(Math.max(0, first)))
      if (first === -1 || from === undefined) return undefined
      return (place.atMs - from.atMs) / (place.elapsedMs - from.elapsedMs)
    },
    reset() {
      places = []
    },
  }
}
