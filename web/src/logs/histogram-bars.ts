import type { LogHistogram } from '../../../src/api/contract/logs.ts'
import { bandOf, levelBands, type LevelBand } from './level-band.ts'

/** One step of time with its lines. */
export interface HistogramBar {
  readonly fromMs: number
  readonly toMs: number
  readonly total: number
  /** Lines of each band, in the order of `levelBands`. */
  readonly counts: readonly number[]
}

/** A histogram, ready to be drawn. */
export interface HistogramBars {
  readonly fromMs: number
  readonly toMs: number
  readonly bars: readonly HistogramBar[]
  /** Lines of the fullest step. */
  readonly highest: number
  readonly total: number
}

/** Adds up the levels of each band, step by step. */
export function readHistogram(histogram: LogHistogram): HistogramBars {
  const { from, to, stepMs, times, levels, total } = histogram
  const bars = times.map((fromMs, step): HistogramBar => {
    const counts: number[] = levelBands.map(() => 0)
    for (const { level, counts: ofLevel } of levels) {
      const band = levelBands.indexOf(bandOf(level))
      counts[band] = (counts[band] ?? 0) + (ofLevel[step] ?? 0)
    }
    return { fromMs, toMs: fromMs + stepMs, counts, total: sum(counts) }
  })
  const highest = bars.reduce((most, bar) => Math.max(most, bar.total), 0)
  return { fromMs: from, toMs: to, bars, highest, total }
}

/** Lines of each band over the whole range, those that occur, the gravest first. */
export function sumBands({
  bars,
}: HistogramBars): readonly { readonly band: LevelBand; readonly count: number }[] {
  return levelBands
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

/** The heights of a bar's bands in pixels, of which `heightPx` is the highest bar; one that has any line can be seen. */
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
