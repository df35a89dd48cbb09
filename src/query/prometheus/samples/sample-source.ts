import type { SeriesKind } from '../../../model/series.ts'
import type { TierStates } from '../../../store/rollups/point-tiers.ts'
import type { Budget } from '../budget.ts'
import { keyOf, type Labels } from '../../../model/prometheus/labels.ts'
import type { Matcher } from '../language/promql.ts'
import { promLimits } from '../limits.ts'
import { batchSeries } from './batch-series.ts'
import { findSeries, type FoundSeries } from './find-series.ts'
import { joinRuns } from './join-runs.ts'
import { planReads, type TierRead } from './plan-reads.ts'
import { readSamples, type ReadGrid, type Reading, type SampleRun } from './read-samples.ts'
import type { ReadClient } from '../../scope/read-client.ts'

/** What of the store questions are answered from. */
export interface PrometheusStore {
  readonly read: ReadClient
  readonly tiers: () => TierStates
}

/** What a selector asks for. */
export interface SampleWish {
  readonly matchers: readonly Matcher[]
  readonly readingOf: (kind: SeriesKind) => Reading
  readonly grid: ReadGrid
  /** Unix milliseconds: samples later than this, up to and with `toMs`. */
  readonly afterMs: number
  readonly toMs: number
  /** Rollups with longer intervals than this are read only where there is nothing else. */
  readonly coarsestMs: number
}

/** Samples under the labels of Prometheus, in order of time. */
export interface SampledSeries extends SampleRun {
  readonly labels: Labels
  readonly kind: SeriesKind
  /** Seconds between two points; 0 when nobody has told. */
  readonly intervalS: number
  /** The rollups they are from: before `untilMs`, a sample stands for `stepMs`. */
  readonly reads: readonly { readonly untilMs: number; readonly stepMs: number }[]
}

/**
 * The samples of all series that fit; those that Prometheus could not tell apart are one. They are read a few at a time,
 * while they are gone through, so that no more of them are in memory.
 */
export async function* readSeries(
  store: PrometheusStore,
  wish: SampleWish,
  budget: Budget,
): AsyncGenerator<SampledSeries> {
  const scope = { matcherLists: [wish.matchers], seenSinceMs: wish.afterMs }
  const found = await findSeries(store.read, scope)
  const plans = new Map<Reading, readonly TierRead[]>()
  for (const [reading, series] of Map.groupBy(found, ({ kind }) => wish.readingOf(kind))) {
    plans.set(reading, planReading(store, wish, { reading, series, budget }))
  }
  const batches = batchSeries(found, (one) => samplesOf(one, wish))
  for (const batch of batches) {
    const sampled: SampledSeries[] = []
    for (const [reading, series] of Map.groupBy(batch, ({ kind }) => wish.readingOf(kind))) {
      const question = {
        ...wish,
        reading,
        series,
        reads: plans.get(reading) ?? [],
        isWhole: batches.length === 1,
      }
      sampled.push(...(await readBatch(store.read, question, budget)))
    }
    yield* unite(sampled)
  }
}

interface KindReading {
  readonly reading: Reading
  readonly series: readonly FoundSeries[]
  readonly budget: Budget
}

/** Which tables give the samples of all series that are read in one way. */
function planReading(
  store: PrometheusStore,
  wish: SampleWish,
  { reading, series, budget }: KindReading,
): readonly TierRead[] {
  const isEvery = reading === 'every'
  if (!isEvery) budget.check(series.reduce((sum, one) => sum + samplesOf(one, wish), 0))
  return planReads(store.tiers(), {
    fromMs: wish.afterMs,
    toMs: wish.toMs,
    series: series.length,
    pointsPerS: series.reduce((sum, one) => sum + pointsPerS(one), 0),
    coarsestMs: wish.coarsestMs,
    affordableRows: isEvery ? promLimits.affordableSamples : promLimits.affordableRows,
    maxRows: isEvery ? promLimits.maxSamples : promLimits.maxRows,
  })
}

/** When nobody has told, series are taken to come as Datadog's own do. */
const assumedIntervalS = 10

function pointsPerS({ intervalS }: FoundSeries): number {
  return 1 / (intervalS || assumedIntervalS)
}

/** About how many samples one series will have. */
function samplesOf(series: FoundSeries, { readingOf, afterMs, toMs, grid }: SampleWish): number {
  const points = ((toMs - afterMs) / 1000) * pointsPerS(series)
  if (readingOf(series.kind) === 'every') return points
  return Math.min(points, Math.ceil((toMs - afterMs) / grid.stepMs))
}

interface BatchQuestion extends SampleWish {
  readonly reading: Reading
  readonly series: readonly FoundSeries[]
  readonly reads: readonly TierRead[]
  /** There is no other batch. */
  readonly isWhole: boolean
}

async function readBatch(
  client: ReadClient,
  { series, reads, isWhole, ...wish }: BatchQuestion,
  budget: Budget,
): Promise<readonly SampledSeries[]> {
  const question = {
    ...wish,
    metrics: [...new Set(series.map(({ metric }) => metric))],
    ids: series.map(({ id }) => id),
    ...(isWhole && {
      found: {
        scope: { matcherLists: [wish.matchers], seenSinceMs: wish.afterMs },
        kinds: [...new Set(series.map(({ kind }) => kind))],
      },
    }),
  }
  const parts: ReadonlyMap<string, SampleRun>[] = []
  for (const read of reads) {
    await budget.breathe()
    const part = await readSamples(client, question, read)
    for (const { times } of part.values()) budget.take(times.length)
    parts.push(part)
  }
  return series.flatMap((one) => assemble(one, parts, reads))
}

function assemble(
  { id, labels, kind, intervalS }: FoundSeries,
  parts: readonly ReadonlyMap<string, SampleRun>[],
  reads: readonly TierRead[],
): SampledSeries[] {
  const runs = parts.flatMap((part) => part.get(id) ?? [])
  if (runs.length === 0) return []
  const stepsOfReads = reads.map(({ toMs, stepMs }) => ({ untilMs: toMs, stepMs }))
  return [{ labels, kind, intervalS, reads: stepsOfReads, ...joinRuns(runs) }]
}

function unite(sampled: readonly SampledSeries[]): readonly SampledSeries[] {
  const byLabels = Map.groupBy(sampled, ({ labels }) => keyOf(labels))
  return [...byLabels.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? []
    return { ...first, ...joinRuns([first, ...others]) }
  })
}
