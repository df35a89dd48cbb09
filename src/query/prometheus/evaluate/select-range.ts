import type { SeriesKind } from '../../../model/series.ts'
import type { SelectorExpression } from '../language/promql.ts'
import type { Reading } from '../samples/read-samples.ts'
import { readSeries } from '../samples/sample-source.ts'
import { fixedMoment, type Evaluation } from './evaluation.ts'
import { lastMomentOf, type EvalGrid, type RangeValue } from './values.ts'

/** A selector with its range, and the function that will look at it. */
export interface RangeQuestion {
  readonly selector: SelectorExpression & { readonly rangeMs: number }
  /** Absent where the samples themselves are the answer. */
  readonly functionName?: string
}

/** A rollup may stand for samples where so many of its intervals make up the window. */
const intervalsInWindow = 4

/**
 * What a function needs to know of the samples in its windows. Where one number for each piece of a window is enough, the
 * engine makes them: the pieces are as long as windows and steps have in common.
 */
export function selectRange(
  { selector, functionName }: RangeQuestion,
  grid: EvalGrid,
  evaluation: Evaluation,
): RangeValue {
  const { matchers, rangeMs, offsetMs } = selector
  const atMs = fixedMoment(selector, evaluation)
  const firstEndMs = (atMs ?? grid.startMs) - offsetMs
  const lastEndMs = (atMs ?? lastMomentOf(grid)) - offsetMs
  const stepMs = lastEndMs === firstEndMs ? rangeMs : commonDivisor(grid.stepMs, rangeMs)
  const series = readSeries(
    evaluation.store,
    {
      matchers,
      readingOf: (kind) => readingOf(functionName, kind),
      grid: { endMs: firstEndMs, stepMs },
      afterMs: firstEndMs - rangeMs,
      toMs: lastEndMs,
      coarsestMs: rangeMs / intervalsInWindow,
    },
    evaluation.budget,
  )
  return { kind: 'range', series, rangeMs, offsetMs, atMs }
}

const readings: ReadonlyMap<string, Reading> = new Map([
  ['min_over_time', 'min'],
  ['max_over_time', 'max'],
  ['sum_over_time', 'sum'],
  ['count_over_time', 'count'],
  ['avg_over_time', 'mean'],
  ['last_over_time', 'last'],
  ['present_over_time', 'last'],
  ['absent_over_time', 'last'],
])

/** What counts and rates give to functions that tell how fast something grows. */
const readingsOfCounted: ReadonlyMap<string, Reading> = new Map([
  ['rate', 'sum'],
  ['increase', 'sum'],
  ['irate', 'last'],
])

/** What the values of the samples are that a function gets. */
export function readingOf(functionName: string | undefined, kind: SeriesKind): Reading {
  const name = functionName ?? ''
  const ofCounted = kind === 'gauge' ? undefined : readingsOfCounted.get(name)
  return ofCounted ?? readings.get(name) ?? 'every'
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other)
}
