/** Steps that divide minutes, hours and days, so that intervals begin where a clock would. */
const niceStepsS = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200,
  86_400,
]

/** Points of one series when nobody asks for more. */
const defaultMaxPoints = 600
/** Points of one series at most, when an interval is asked for. */
const enforcedMaxPoints = 1500

export interface IntervalWish {
  readonly fromMs: number
  readonly toMs: number
  /** What the series bring: a finer interval would hold mostly nothing. */
  readonly nativeS: number
  /** What was asked for; taken unless it gives more than `enforcedMaxPoints`. */
  readonly wishedS?: number | undefined
}

/**
 * Seconds of one interval: the finest of a list of round steps that keeps a series within the limit of points. Unless it is
 * asked for, it holds the same number of points each time, where a step does that.
 */
export function chooseInterval(wish: IntervalWish): number {
  const spanS = (wish.toMs - wish.fromMs) / 1000
  if (wish.wishedS !== undefined) {
    return Math.max(wish.wishedS, niceStep(spanS / enforcedMaxPoints))
  }
  const atLeastS = Math.max(wish.nativeS, spanS / defaultMaxPoints)
  const even = niceStepsS.find((step) => step >= atLeastS && step % wish.nativeS === 0)
  return even ?? niceStep(atLeastS)
}

function niceStep(atLeastS: number): number {
  const dayS = 86_400
  return niceStepsS.find((step) => step >= atLeastS) ?? Math.ceil(atLeastS / dayS) * dayS
}
