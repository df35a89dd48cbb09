import type { LogHistogram } from '../../../src/api/contract/logs.ts'
import { makeBars, type HistogramBars } from '../histogram/histogram-bars.ts'
import { bandOf, levelBands } from './level-band.ts'

/** Adds up the levels of each band, step by step; bands in the order of `levelBands`. */
export function readHistogram(histogram: LogHistogram): HistogramBars {
  const { from, to, stepMs, times, levels, total } = histogram
  const perBand = levelBands.map((band) => levels.filter(({ level }) => bandOf(level) === band))
  const countOf = (band: number, step: number): number =>
    (perBand[band] ?? []).reduce((before, { counts }) => before + (counts[step] ?? 0), 0)
  const bars = makeBars(times, stepMs, { bands: levelBands.length, of: countOf })
  return { fromMs: from, toMs: to, total, ...bars }
}
