/**
 * The sum of numbers without the error that adding small ones to a large one makes.
 * @see https://en.wikipedia.org/wiki/Kahan_summation_algorithm "Further enhancements"
 */
export function exactSum(values: Float64Array): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const next = sum + value
    if (!Number.isFinite(next)) lost = 0
    else if (Math.abs(sum) >= Math.abs(value)) lost += sum - next + value
    else lost += value - next + sum
    sum = next
  }
  return sum + lost
}

/** The mean, also where the sum is too large for a number. */
export function exactMean(values: Float64Array): number {
  const sum = exactSum(values)
  if (Number.isFinite(sum) || values.some((value) => !Number.isFinite(value))) {
    return sum / values.length
  }
  return exactSum(values.map((value) => value / values.length))
}

/** The mean of the squared distances from the mean. */
export function variance(values: Float64Array): number {
  const mean = exactMean(values)
  return exactSum(values.map((value) => (value - mean) ** 2)) / values.length
}

/**
 * The quantile of values, between two of them in proportion; below 0 and above 1 without bound.
 * @see https://prometheus.io/docs/prometheus/latest/querying/operators/#quantile
 */
export function quantile(share: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(share)) return NaN
  if (share < 0) return -Infinity
  if (share > 1) return Infinity
  // The engine's own order, which is many times as fast as one of ours, has NaN at the end; here it comes first.
  const sorted = values.toSorted()
  let nans = 0
  while (Number.isNaN(sorted[sorted.length - 1 - nans])) nans += 1
  const rank = share * (values.length - 1)
  const below = Math.floor(rank)
  const above = Math.min(values.length - 1, below + 1)
  const weight = rank - below
  return (sorted[below - nans] ?? NaN) * (1 - weight) + (sorted[above - nans] ?? NaN) * weight
}

/** NaN comes before all numbers. */
export function ascending(one: number, other: number): number {
  if (Number.isNaN(one)) return Number.isNaN(other) ? 0 : -1
  if (Number.isNaN(other)) return 1
  return one - other
}

/** The smallest number; NaN only where there is no other. */
export function smallest(values: Float64Array): number {
  return values.reduce(
    (least, value) => (value < least || Number.isNaN(least) ? value : least),
    NaN,
  )
}

/** The largest number; NaN only where there is no other. */
export function largest(values: Float64Array): number {
  return values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most), NaN)
}
