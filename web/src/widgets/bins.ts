/** Ranges of equal width side by side. */
export interface Bins {
  /** Where the first begins. */
  readonly start: number
  readonly width: number
  readonly count: number
}

/** About so many bins from the lowest to the highest value, their bounds round: powers of two where `isBinary`. */
export function chooseBins(
  values: readonly number[],
  options: { readonly wanted: number; readonly isBinary: boolean },
): Bins {
  const { wanted, isBinary } = options
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) return { start: 0, width: 1, count: 0 }
  const reach = high - low || Math.abs(high) || 1
  const width = roundUp(reach / wanted, isBinary)
  const start = Math.floor(low / width) * width
  return { start, width, count: binOf({ start, width }, high) + 1 }
}

/** The number of the bin that a value lies in. */
export function binOf({ start, width }: Pick<Bins, 'start' | 'width'>, value: number): number {
  return Math.floor((value - start) / width)
}

/** How many values lie in each bin. */
export function countInBins(values: readonly number[], bins: Bins): readonly number[] {
  const counts = Array.from({ length: bins.count }, () => 0)
  for (const value of values) {
    const bin = binOf(bins, value)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}

function roundUp(width: number, isBinary: boolean): number {
  if (isBinary) return 2 ** Math.ceil(Math.log2(width))
  const power = 10 ** Math.floor(Math.log10(width))
  const step = [1, 2, 5].find((candidate) => candidate * power >= width) ?? 10
  return step * power
}
