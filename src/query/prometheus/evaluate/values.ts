import type { Labels } from '../../../model/prometheus/labels.ts'
import type { SampledSeries } from '../samples/sample-source.ts'

/** The moments for which an expression is worked out. */
export interface EvalGrid {
  /** Unix milliseconds. */
  readonly startMs: number
  readonly stepMs: number
  /** How many moments; 1 for a question about one. */
  readonly length: number
}

/** What one series of an instant vector is at each moment. */
export interface Line {
  readonly labels: Labels
  readonly values: Float64Array
  /** 1 where there is a sample; its value may be NaN. */
  readonly has: Uint8Array
  /** When each sample was taken, Unix milliseconds; only of a selector's own. */
  readonly times?: Float64Array
}

export interface ScalarValue {
  readonly kind: 'scalar'
  readonly values: Float64Array
}

export interface TextValue {
  readonly kind: 'text'
  readonly value: string
}

export interface VectorValue {
  readonly kind: 'vector'
  readonly lines: readonly Line[]
  /** The order of the lines is part of the answer. */
  readonly isSorted?: boolean
}

/** Samples with the window that a function is to look at for each moment. */
export interface RangeValue {
  readonly kind: 'range'
  /** To be gone through once: they are read meanwhile. */
  readonly series: Iterable<SampledSeries> | AsyncIterable<SampledSeries>
  readonly rangeMs: number
  readonly offsetMs: number
  /** Set where the window is the same for all moments. */
  readonly atMs?: number | undefined
}

export type Value = ScalarValue | TextValue | VectorValue | RangeValue

/** The n-th moment of a grid, Unix milliseconds. */
export function momentOf({ startMs, stepMs }: EvalGrid, index: number): number {
  return startMs + index * stepMs
}

export function lastMomentOf(grid: EvalGrid): number {
  return momentOf(grid, grid.length - 1)
}

/** A line without samples. */
export function emptyLine(labels: Labels, length: number): Line {
  return { labels, values: new Float64Array(length), has: new Uint8Array(length) }
}

export function constant(value: number, length: number): ScalarValue {
  return { kind: 'scalar', values: new Float64Array(length).fill(value) }
}

/** A line of which each sample becomes what `change` makes of it; `times` is not kept. */
export function mapLine(
  { values, has }: Line,
  labels: Labels,
  change: (value: number, index: number) => number,
): Line {
  return {
    labels,
    values: values.map((value, index) => (has[index] === 1 ? change(value, index) : 0)),
    has,
  }
}
