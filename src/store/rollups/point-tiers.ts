/** The tables of points, each coarser than the one before. */
export const pointTiers = [
  { table: 'points_1s', stepS: 1 },
  { table: 'points_10s', stepS: 10 },
  { table: 'points_1m', stepS: 60 },
  { table: 'points_1h', stepS: 3600 },
] as const

/** The tables of distributions; all have the columns of `sketches`. */
export const sketchTiers = [
  { table: 'sketches', stepS: 10 },
  { table: 'sketches_10m', stepS: 600 },
  { table: 'sketches_1h', stepS: 3600 },
] as const

export type PointTable = (typeof pointTiers)[number]['table']
export type SketchTable = (typeof sketchTiers)[number]['table']
export type TierTable = PointTable | SketchTable

/**
 * What one table of points holds now. The finest has a row for each point, with `value`; the others a row for each series
 * and interval that has a point, with `min`, `max`, `sum`, `count` and `last`, and `time` at the start of the interval.
 * Tables of sketches have the same columns in all.
 */
export interface TierState<Table extends TierTable = PointTable> {
  readonly table: Table
  readonly stepS: number
  /** Unix milliseconds; what was before is gone. */
  readonly keptFromMs: number
  /**
   * Unix milliseconds, a whole multiple of the step: what is later is not in this table yet, but in the finer ones.
   * `Infinity` for the finest.
   */
  readonly completeToMs: number
}

/** Finest first. */
export type TierStates = readonly TierState[]

export type SketchTierStates = readonly TierState<SketchTable>[]
