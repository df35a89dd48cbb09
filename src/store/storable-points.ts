import type { PointColumns } from './store.ts'

export interface TimeRange {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * The points that can be kept: a finite value, a time within the range. Points outside of it would be dropped again at
 * once or stay for years, each in a part of its own. All are kept as a rule, then the columns come back as they are.
 */
export function keepStorable(points: PointColumns, range: TimeRange): PointColumns {
  const isStorable = (_value: unknown, index: number): boolean => {
    const timeMs = points.timesMs[index] ?? Number.NaN
    return (
      timeMs >= range.fromMs &&
      timeMs <= range.toMs &&
      Number.isFinite(points.values[index] ?? Number.NaN)
    )
  }
  if (points.series.every(isStorable)) return points
  return {
    series: points.series.filter(isStorable),
    timesMs: points.timesMs.filter(isStorable),
    values: points.values.filter(isStorable),
  }
}
