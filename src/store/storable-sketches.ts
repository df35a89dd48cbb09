import type { TimeRange } from './storable-points.ts'
import type { SketchRecord } from './store.ts'

/** The sketches that can be kept: finite sums, a time within the range. */
export function keepStorableSketches(
  sketches: readonly SketchRecord[],
  { fromMs, toMs }: TimeRange,
): readonly SketchRecord[] {
  return sketches.filter(
    ({ timeMs, min, max, sum }) =>
      timeMs >= fromMs && timeMs <= toMs && [min, max, sum].every(Number.isFinite),
  )
}
