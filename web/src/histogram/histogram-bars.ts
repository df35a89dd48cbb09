/** What is counted apart from the rest, in a colour of its own. */
export interface HistogramBand {
  /** As `data-band` in the style sheet. */
  readonly name: string
  readonly text: string
  /** The custom property of its colour: `--level-error`. */
  readonly colour: string
}

/** One step of time with what is of it. */
export interface HistogramBar {
  readonly fromMs: number
  readonly toMs: number
  readonly total: number
  /** How many of each band, in the order of the bands. */
  readonly counts: readonly number[]
}

/** A histogram, ready to be drawn. */
export interface HistogramBars {
  readonly fromMs: number
  readonly toMs: number
  readonly bars: readonly HistogramBar[]
  /** What the fullest step holds. */
  readonly highest: number
  readonly total: number
}

/** A bar for each time, from what is of it in each band: `countOf(band, step)`. */
export function makeBars(
  times: readonly number[],
  stepMs: number,
  counts: { readonly bands: number; readonly of: (band: number, step: number) => number },
): Pick<HistogramBars, 'bars' | 'highest'> {
  const bars = times.map((fromMs, step): HistogramBar => {
    const ofBands = Array.from({ length: counts.bands }, (_, band) => counts.of(band, step))
    return { fromMs, toMs: fromMs + stepMs, counts: ofBands, total: sum(ofBands) }
  })
  return { bars, highest: bars.reduce((most, bar) => Math.max(most, bar.total), 0) }
}

/** How many of each band over the whole range, those that occur, in the order of the bands. */
export function sumBands(
  { bars }: Pick<HistogramBars, 'bars'>,
  bands: readonly HistogramBand[],
): readonly { readonly band: HistogramBand; readonly count: number }[] {
  return bands
    .map((band, index) => ({ band, count: sum(bars.map(({ counts }) => counts[index] ?? 0)) }))
    .filter(({ count }) => count > 0)
}

/** The bar at a place between 0, the start of the range, and 1, its end. */
export function barAt(
  { fromMs, toMs, bars }: HistogramBars,
  ratio: number,
): HistogramBar | undefined {
  const timeMs = fromMs + ratio * (toMs - fromMs)
  return bars.find((bar) => bar.fromMs <= timeMs && timeMs < bar.toMs)
}

/** The heights of a bar's bands in pixels, of which `heightPx` is the highest bar; one that holds anything can be seen. */
export function bandHeights(
  { counts, total }: HistogramBar,
  highest: number,
  heightPx: number,
): readonly number[] {
  if (total === 0) return counts.map(() => 0)
  const barPx = Math.max(2, (total / highest) * heightPx)
  return counts.map((count) => {
    if (count === 0) return 0
    // A few errors among many lines are what one looks for.
    return Math.max(1, (count / total) * barPx)
  })
}

function sum(counts: readonly number[]): number {
  return counts.reduce((before, count) => before + count, 0)
}
