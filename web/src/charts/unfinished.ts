/** Intervals of so few seconds are over before anybody could take them for less than they are. */
const tellingS = 5

/**
 * The start of the last interval of a curve, in Unix seconds, where the interval was not over when it was asked for: its value
 * is so far only. `undefined` where all of them are over, or so short that it makes no difference.
 */
export function unfinishedFromS(
  curve: {
    readonly startS: number
    readonly intervalS: number
    readonly values: readonly (number | null)[]
  },
  askedToS: number,
): number | undefined {
  const { startS, intervalS, values } = curve
  if (intervalS < tellingS) return undefined
  const last = values.findLastIndex((value) => value !== null)
  const lastS = startS + last * intervalS
  return last >= 0 && lastS + intervalS > askedToS && lastS <= askedToS ? lastS : undefined
}
