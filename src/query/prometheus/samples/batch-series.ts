import { keyOf } from '../../../model/prometheus/labels.ts'
import type { FoundSeries } from './find-series.ts'

/**
 * Samples that are read at once. 4.5 million, each seen by `rate()`, take some 80 MB so; read 200,000 at a time they take 135 MB
 * and no less of the processor.
 */
const samplesInBatch = 100_000
/** Series whose ids one statement can name: some 80 kB of its text. */
const seriesInBatch = 4000

/**
 * The series in their order, parted so that each part has not too many samples; all in one where it has. Those with the
 * same labels stay together.
 */
export function batchSeries(
  found: readonly FoundSeries[],
  samplesOf: (series: FoundSeries) => number,
): readonly (readonly FoundSeries[])[] {
  const total = found.reduce((sum, series) => sum + samplesOf(series), 0)
  if (total <= samplesInBatch) return [found]
  const batches: FoundSeries[][] = []
  let room = 0
  for (const same of Map.groupBy(found, ({ labels }) => keyOf(labels)).values()) {
    const samples = same.reduce((sum, series) => sum + samplesOf(series), 0)
    const last = batches.at(-1)
    if (last !== undefined && samples <= room && last.length + same.length <= seriesInBatch) {
      last.push(...same)
      room -= samples
    } else {
      batches.push(same)
      room = samplesInBatch - samples
    }
  }
  return batches
}
