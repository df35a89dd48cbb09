import type { SelectorExpression } from '../language/promql.ts'
import { readSeries, type SampledSeries } from '../samples/sample-source.ts'
import { fixedMoment, type Evaluation } from './evaluation.ts'
import {
  emptyLine,
  lastMomentOf,
  momentOf,
  type EvalGrid,
  type Line,
  type VectorValue,
} from './values.ts'

/** How long a sample is the newest at most, as in Prometheus. */
const maxLookbackMs = 300_000
/** How long it is at least, and in how many of its intervals; a series that is silent for longer has ended. */
const minLookbackMs = 30_000
const lookbackIntervals = 4

/**
 * The newest sample of each series at each moment. Prometheus looks back five minutes unless its scraper has noted that a
 * series ended; no such notes are kept here, so how far to look back follows from how often the series comes.
 */
export async function selectVector(
  expression: SelectorExpression,
  grid: EvalGrid,
  evaluation: Evaluation,
): Promise<VectorValue> {
  const atMs = fixedMoment(expression, evaluation)
  const own = atMs === undefined ? grid : { startMs: atMs, stepMs: grid.stepMs, length: 1 }
  const shifted = { ...own, startMs: own.startMs - expression.offsetMs }
  const lines = await newestSamples(expression, shifted, evaluation)
  evaluation.budget.take(lines.length * grid.length)
  if (atMs === undefined) return { kind: 'vector', lines }
  return { kind: 'vector', lines: lines.map((line) => repeatLine(line, grid.length)) }
}

async function newestSamples(
  { matchers }: SelectorExpression,
  grid: EvalGrid,
  evaluation: Evaluation,
): Promise<readonly Line[]> {
  const { store, budget, lookbackMs } = evaluation
  const isOne = grid.length === 1
  const reachMs = lookbackMs ?? maxLookbackMs
  const series = readSeries(
    store,
    {
      matchers,
      readingOf: () => 'newest',
      grid: { endMs: grid.startMs, stepMs: isOne ? reachMs : grid.stepMs },
      afterMs: grid.startMs - reachMs,
      toMs: lastMomentOf(grid),
      coarsestMs: isOne ? 0 : grid.stepMs,
    },
    budget,
  )
  const lines: Line[] = []
  for await (const one of series) {
    await budget.breathe()
    lines.push(lineOf(one, grid, lookbackMs))
  }
  return lines.filter(({ has }) => has.includes(1))
}

function lineOf(series: SampledSeries, grid: EvalGrid, lookbackMs: number | undefined): Line {
  const { times: sampleTimes, values: sampleValues } = series
  const line = { ...emptyLine(series.labels, grid.length), times: new Float64Array(grid.length) }
  let newest = -1
  for (let index = 0; index < grid.length; index += 1) {
    const moment = momentOf(grid, index)
    while ((sampleTimes[newest + 1] ?? Infinity) <= moment) newest += 1
    const time = sampleTimes[newest]
    if (time === undefined || time <= moment - holdMs(series, time, lookbackMs)) continue
    line.has[index] = 1
    line.values[index] = sampleValues[newest] ?? NaN
    line.times[index] = time
  }
  return line
}

/** How long a sample counts as the newest. */
function holdMs(series: SampledSeries, time: number, lookbackMs: number | undefined): number {
  const stepMs = series.reads.find(({ untilMs }) => time < untilMs)?.stepMs ?? 0
  return Math.max(stepMs, lookbackMs ?? defaultLookbackMs(series.intervalS))
}

function defaultLookbackMs(intervalS: number): number {
  if (intervalS < 1) return maxLookbackMs
  return Math.min(maxLookbackMs, Math.max(minLookbackMs, intervalS * lookbackIntervals * 1000))
}

function repeatLine({ labels, values, has, times }: Line, length: number): Line {
  return {
    labels,
    values: new Float64Array(length).fill(values[0] ?? 0),
    has: new Uint8Array(length).fill(has[0] ?? 0),
    ...(times && { times: new Float64Array(length).fill(times[0] ?? 0) }),
  }
}
