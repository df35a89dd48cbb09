import type {
  DogstatsdSettings,
  HistogramAggregate,
} from '../../src/component/dogstatsd-settings.ts'
import { keyValue, sketchKey } from '../../src/model/sketch/sketch-key.ts'
import type { MetricType } from '../../src/sources/dogstatsd/metric-type.ts'
import type { PlainContext, PlainIdentity, PlainOrigin, PlainSample } from './plain-context.ts'

/** What came of one interval, by what the receivers of the figures can tell apart: `describeSeries()`. */
export interface ClosedInterval {
  readonly startS: number
  /** The values that `ClosedPart` tells of a context, in its order. */
  readonly values: ReadonlyMap<string, readonly number[]>
  readonly sketches: ReadonlyMap<string, ClosedSketch>
  /** Series whose sum or count is beyond the largest number: nothing is told of them. */
  readonly tooLarge: number
}

export interface ClosedSketch {
  readonly count: number
  readonly min: number
  readonly max: number
  readonly sum: number
  /** Key and count, by key. */
  readonly bins: readonly (readonly [number, number])[]
}

export interface CloseParts {
  readonly startS: number
  readonly settings: DogstatsdSettings
  readonly tagSetOf: (origin: PlainOrigin) => number
}

/** A series by its identity; an origin counts only by the tags it gives. */
export function describeSeries(
  { type, name, host, tags }: Omit<PlainIdentity, 'origin'>,
  tagSet: number,
): string {
  return JSON.stringify([type, name, host ?? null, tags, tagSet])
}

/** Computes an interval from the lists of its samples; contexts that differ in nothing but their origin's id are one. */
export function closeContexts(
  contexts: readonly PlainContext[],
  { startS, settings, tagSetOf }: CloseParts,
): ClosedInterval {
  const values = new Map<string, readonly number[]>()
  const sketches = new Map<string, ClosedSketch>()
  let tooLarge = 0
  const groups = Map.groupBy(contexts, (one) => describeSeries(one, tagSetOf(one.origin)))
  for (const [series, group] of groups) {
    const samples = group
      .flatMap((context) => context.samples)
      .toSorted((one, other) => one.order - other.order)
    const type = group[0]?.type ?? 'count'
    if (isTooLarge(type, samples)) tooLarge += 1
    else if (type === 'distribution') sketches.set(series, closeSketch(samples))
    else values.set(series, closeValues(type, samples, settings))
  }
  return { startS, values, sketches, tooLarge }
}

function isTooLarge(type: MetricType, samples: readonly PlainSample[]): boolean {
  if (type === 'set' || type === 'gauge') return false
  if (type === 'histogram' && !Number.isFinite(countOf(samples))) return true
  return !Number.isFinite(sumOf(samples))
}

function closeValues(
  type: Exclude<MetricType, 'distribution'>,
  samples: readonly PlainSample[],
  settings: DogstatsdSettings,
): readonly number[] {
  switch (type) {
    case 'count':
      return [sumOf(samples)]
    case 'gauge':
      return [numberOf(samples.at(-1))]
    case 'set':
      return [new Set(samples.map(({ value }) => value)).size]
    case 'histogram':
      return closeHistogram(samples, settings)
  }
}

function numberOf(sample: PlainSample | undefined): number {
  return Number(sample?.value)
}

function sumOf(samples: readonly PlainSample[]): number {
  return samples.reduce((sum, sample) => sum + numberOf(sample) * scaleOf(sample), 0)
}

function countOf(samples: readonly PlainSample[]): number {
  return samples.reduce((sum, sample) => sum + Math.trunc(scaleOf(sample)), 0)
}

/** How often a value was there for each time it was sent. */
function scaleOf({ sampleRate }: PlainSample): number {
  return Math.min(1 / sampleRate, Number.MAX_VALUE)
}

/**
 * For how many values one sample stands where values are ranked; whole, so that some are lost where one in so many is no
 * whole number, and at most 2^31 - 1.
 */
function weightOf(sample: PlainSample): number {
  return Math.min(Math.trunc(scaleOf(sample)), 2 ** 31 - 1)
}

function closeHistogram(
  samples: readonly PlainSample[],
  { histogram, limits }: DogstatsdSettings,
): readonly number[] {
  const count = countOf(samples)
  const sorted = samples.map(numberOf).toSorted((one, other) => one - other)
  const min = sorted[0] ?? Number.NaN
  const max = sorted.at(-1) ?? Number.NaN
  const isExact = samples.length <= limits.histogramSamples
  const ranking = isExact ? rankSamples(samples) : rankBins(samples)
  const total = sumOfWeights(ranking)
  const rank = (target: number): number => Math.min(Math.max(valueAt(ranking, target), min), max)
  const aggregates: Record<HistogramAggregate, () => number> = {
    min: () => min,
    max: () => max,
    sum: () => sumOf(samples),
    avg: () => sumOf(samples) / count,
    count: () => count,
    median: () => rank(Math.trunc((total - 1) / 2)),
  }
  return [
    ...histogram.aggregates.map((aggregate) => aggregates[aggregate]()),
    ...histogram.percentiles.map((percentile) => {
      const percent = Math.trunc(100 * percentile + 0.5)
      return rank(Math.trunc((percent * total - 1) / 100))
    }),
  ]
}

/** Values in ascending order, each with how many it stands for. */
type Ranking = readonly { readonly value: number; readonly weight: number }[]

function sumOfWeights(ranking: Ranking): number {
  return ranking.reduce((sum, { weight }) => sum + weight, 0)
}

function rankSamples(samples: readonly PlainSample[]): Ranking {
  return samples
    .map((sample) => ({ value: numberOf(sample), weight: weightOf(sample) }))
    .toSorted((one, other) => one.value - other.value)
}

/** Where there are too many samples to keep them all, each is taken for the middle of its bin. */
function rankBins(samples: readonly PlainSample[]): Ranking {
  return closeSketch(samples).bins.map(([key, weight]) => ({ value: keyValue(key), weight }))
}

/** The first value with which there are more than `target`. */
function valueAt(ranking: Ranking, target: number): number {
  let weight = 0
  for (const one of ranking) {
    weight += one.weight
    if (weight > target) return one.value
  }
  return Number.NaN
}

function closeSketch(samples: readonly PlainSample[]): ClosedSketch {
  const bins = new Map<number, number>()
  for (const sample of samples) {
    const key = sketchKey(numberOf(sample))
    bins.set(key, Math.min((bins.get(key) ?? 0) + weightOf(sample), 2 ** 32 - 1))
  }
  const values = samples.map(numberOf)
  return {
    count: [...bins.values()].reduce((sum, count) => sum + count, 0),
    min: values.reduce((one, other) => Math.min(one, other)),
    max: values.reduce((one, other) => Math.max(one, other)),
    sum: sumOf(samples),
    bins: [...bins].toSorted(([one], [other]) => one - other),
  }
}
