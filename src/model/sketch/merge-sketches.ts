import type { Sketch, SketchBins } from '../sketch.ts'
import { keepHighestBins } from './keep-highest-bins.ts'
import { maxBins } from './sketch-key.ts'

/** What is told of values, without whose they are and when they were. */
export type SketchValues = Pick<Sketch, 'count' | 'min' | 'max' | 'sum' | 'avg' | 'keys' | 'counts'>

/** All values of both as one sketch of at most `maxBins` bins; both have at least one value. */
export function mergeSketches(one: SketchValues, other: SketchValues): SketchValues {
  const count = one.count + other.count
  const sum = one.sum + other.sum
  return {
    count,
    sum,
    avg: sum / count,
    min: Math.min(one.min, other.min),
    max: Math.max(one.max, other.max),
    ...keepHighestBins(mergeBins(one, other), maxBins),
  }
}

function mergeBins(one: SketchBins, other: SketchBins): SketchBins {
  const keys: number[] = []
  const counts: number[] = []
  let at = 0
  let otherAt = 0
  while (at < one.keys.length || otherAt < other.keys.length) {
    const key = one.keys[at] ?? Infinity
    const otherKey = other.keys[otherAt] ?? Infinity
    let count = 0
    if (key <= otherKey) count += one.counts[at++] ?? 0
    if (otherKey <= key) count += other.counts[otherAt++] ?? 0
    keys.push(Math.min(key, otherKey))
    counts.push(count)
  }
  return { keys, counts }
}
