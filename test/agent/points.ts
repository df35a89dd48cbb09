import type { Point, Series } from '../../src/model/series.ts'

/** A series of its own for each call. */
export function makeSeries(change: Partial<Series> = {}): Series {
  return { metric: 'test.value', kind: 'gauge', host: 'box-1', tags: [], intervalS: 1, ...change }
}

/** One point; by default of a series of its own, at a whole second. */
export function makePoint(value: number, change: Partial<Point> = {}): Point {
  return { kind: 'point', series: makeSeries(), value, timeMs: 1_795_000_000_000, ...change }
}
