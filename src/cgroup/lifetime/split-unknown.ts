/** A quantity that lies between two bounds. */
export interface Bounds {
  readonly low: number
  readonly high: number
}

/** One of those that ended together, of which only the sum of their CPU times is known. */
export interface UnknownEnd {
  /** At least so much: its last reading. */
  readonly lastNanos: number
  /** At most so much more since then: all processors all the time. */
  readonly atMostNanos: number
}

export interface Estimate {
  readonly cpuNanos: number
  /** By how much `cpuNanos` can be wrong at most. */
  readonly errorNanos: number
}

/** What is known as well as that is rounded up, so that it is never less than what was used. */
const roundedUpNanos = 10e6

/**
 * Splits what several cgroups have used together by their last readings. The part of each that is not known lies between
 * nothing and what they had together since then, less what the others can have had.
 * @returns An estimate for each in their order; `undefined` when the sum is less or more than they can have used: then it
 *   is not the sum of these.
 */
export function splitUnknown(
  sum: Bounds,
  ends: readonly UnknownEnd[],
): readonly Estimate[] | undefined {
  const known = ends.reduce((total, { lastNanos }) => total + lastNanos, 0)
  const low = Math.max(0, sum.low - known)
  const high = sum.high - known
  const atMost = ends.reduce((total, { atMostNanos }) => total + atMostNanos, 0)
  if (high < 0 || low > atMost) return undefined
  return ends.map(({ lastNanos, atMostNanos }) => {
    const most = Math.min(high, atMostNanos)
    const least = Math.min(most, Math.max(0, low - (atMost - atMostNanos)))
    if (most - least <= roundedUpNanos) {
      return { cpuNanos: lastNanos + Math.ceil(most), errorNanos: Math.ceil(most - least) }
    }
    const middle = Math.round((least + most) / 2)
    return { cpuNanos: lastNanos + middle, errorNanos: Math.ceil((most - least) / 2) }
  })
}
