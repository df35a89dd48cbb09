import type { SeriesIdentity } from '../../src/model/series.ts'
import type { Sketch } from '../../src/model/sketch.ts'
import { keepHighestBins } from '../../src/model/sketch/keep-highest-bins.ts'
import { maxBins, sketchKey } from '../../src/model/sketch/sketch-key.ts'

/** A distribution; an object of its own for each call. */
export function makeDistribution(change: Partial<SeriesIdentity> = {}): SeriesIdentity {
  return { metric: 'test.latency', host: 'box-1', tags: [], intervalS: 10, ...change }
}

/** The sketch of some values, made in the plainest way. */
export function makeSketch(values: readonly number[], change: Partial<Sketch> = {}): Sketch {
  const byKey = new Map<number, number>()
  for (const value of values) {
    const key = sketchKey(value)
    byKey.set(key, (byKey.get(key) ?? 0) + 1)
  }
  const bins = [...byKey].toSorted(([one], [other]) => one - other)
  const sum = values.reduce((total, value) => total + value, 0)
  return {
    kind: 'sketch',
    series: makeDistribution(),
    timeMs: 1_795_000_000_000,
    count: values.length,
    min: values.reduce((least, value) => Math.min(least, value), Infinity),
    max: values.reduce((most, value) => Math.max(most, value), -Infinity),
    sum,
    avg: sum / values.length,
    ...keepHighestBins(
      { keys: bins.map(([key]) => key), counts: bins.map(([, count]) => count) },
      maxBins,
    ),
    ...change,
  }
}
