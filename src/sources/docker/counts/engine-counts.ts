import { z } from 'zod'
import { ticks } from '../../../component/ticks.ts'
import type { EngineClient } from '../../../docker/engine-client.ts'
import type { Batch } from '../../../model/item.ts'
import type { DockerOptions } from '../options.ts'
import { countImages, weighImages } from './count-images.ts'
import { countVolumes } from './count-volumes.ts'
import { askDiskStats } from './disk-stats.ts'
import { KeptSeries, type Counting } from './kept-series.ts'
import { weighContainers } from './weigh-containers.ts'

/** What is asked, and how its points are called. */
export interface EngineCountsOptions {
  /** Of its own: some of these questions keep the engine busy for seconds. */
  readonly client: EngineClient
  readonly options: Pick<
    DockerOptions,
    | 'engine_interval'
    | 'tags'
    | 'collect_container_size'
    | 'collect_container_size_frequency'
    | 'collect_image_size'
    | 'collect_disk_stats'
    | 'collect_volume_count'
  >
  readonly host: string
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Whether the containers are known by now: before that none can be named by its tags. */
  readonly hasList: () => boolean
  readonly isWatched: (containerId: string) => boolean
  /** All tags of a container at high cardinality. */
  readonly tagsOf: (containerId: string) => readonly string[]
}

/** Asks the engine in rounds what it has, besides its containers. */
export interface EngineCounts {
  /** Works until `signal` aborts; never throws but what `emit` throws. */
  readonly run: (signal: AbortSignal, emit: (batch: Batch) => Promise<void>) => Promise<void>
  /** One sentence for each question that failed the last time; it then has no points. */
  readonly faults: () => readonly string[]
}

type Ask = (signal: AbortSignal) => Promise<readonly Counting[]>

/** One of the questions. */
interface Question {
  /** What cannot be told when it fails. */
  readonly about: string
  readonly isAsked: boolean
  readonly ask: Ask
  readonly everyRounds?: number
  /** Absent where it can be asked at any time. */
  readonly isReady?: () => boolean
}

/** How one question went. */
interface Asked extends Question {
  readonly everyRounds: number
  readonly series: KeptSeries
  /** The first round in which it is asked again. */
  dueRound: number
  isOpen: boolean
  fault: string | undefined
}

/**
 * Makes the rounds of one engine. Questions do not wait for each other, and one that is still open in the next round is
 * left out of it.
 */
export function createEngineCounts(given: EngineCountsOptions): EngineCounts {
  const { options, clock } = given
  const questions = makeQuestions(given)
    .filter(({ isAsked }) => isAsked)
    .map((question) => begin(question, given))
  return {
    async run(signal, emit) {
      const open = new Set<Promise<void>>()
      const failed = new AbortController()
      const until = AbortSignal.any([signal, failed.signal])
      let failure: Error | undefined
      let round = 0
      for await (const timeMs of rounds(options.engine_interval, { signal: until, clock })) {
        for (const question of questions) {
          if (!isDue(question, round)) continue
          question.dueRound = round + question.everyRounds
          const answering = answer(question, { timeMs, signal: until, emit })
            .catch((error: unknown) => {
              failure ??= error instanceof Error ? error : new Error(String(error))
              failed.abort()
            })
            .finally(() => open.delete(answering))
          open.add(answering)
        }
        round += 1
      }
      await Promise.all(open)
      if (failure !== undefined) throw failure
    },
    faults: () => questions.flatMap(({ fault }) => fault ?? []),
  }
}

/** One at once, then one at each whole multiple of the interval. */
async function* rounds(
  intervalMs: number,
  { signal, clock }: { readonly signal: AbortSignal; readonly clock: () => number },
): AsyncGenerator<number, void, void> {
  yield Math.floor(clock() / 1000) * 1000
  yield* ticks(intervalMs, { signal, clock })
}

function makeQuestions(given: EngineCountsOptions): readonly Question[] {
  const { client, options, hasList, isWatched, tagsOf } = given
  const withTags = (ask: (client: EngineClient, signal: AbortSignal) => ReturnType<Ask>): Ask => {
    return async (signal) =>
      (await ask(client, signal)).map((one) => ({ ...one, tags: [...one.tags, ...options.tags] }))
  }
  const watchedTags = (id: string): readonly string[] | undefined =>
    isWatched(id) ? tagsOf(id) : undefined
  return [
    { about: 'the number of images', isAsked: true, ask: withTags(countImages) },
    {
      about: 'the sizes of images',
      isAsked: options.collect_image_size,
      ask: withTags(weighImages),
    },
    {
      about: 'the space of the storage driver',
      isAsked: options.collect_disk_stats,
      ask: withTags(askDiskStats),
    },
    {
      about: 'the number of volumes',
      isAsked: options.collect_volume_count,
      ask: withTags(countVolumes),
    },
    {
      about: 'the sizes of containers',
      isAsked: options.collect_container_size,
      ask: (signal) => weighContainers(client, watchedTags, signal),
      everyRounds: options.collect_container_size_frequency,
      isReady: hasList,
    },
  ]
}

function begin(question: Question, { options, host }: EngineCountsOptions): Asked {
  const { everyRounds = 1 } = question
  const intervalS = Math.max(1, Math.round((options.engine_interval * everyRounds) / 1000))
  const series = new KeptSeries(host, intervalS)
  return { ...question, everyRounds, series, dueRound: 0, isOpen: false, fault: undefined }
}

function isDue({ isOpen, dueRound, isReady }: Asked, round: number): boolean {
  return !isOpen && round >= dueRound && isReady?.() !== false
}

async function answer(
  question: Asked,
  {
    timeMs,
    signal,
    emit,
  }: { timeMs: number; signal: AbortSignal; emit: (batch: Batch) => Promise<void> },
): Promise<void> {
  question.isOpen = true
  try {
    const counted = await askOnce(question, signal)
    if (counted === undefined || signal.aborted) return
    const points = question.series.points(counted, timeMs)
    if (points.length > 0) await emit(points)
  } finally {
    question.isOpen = false
  }
}

async function askOnce(
  question: Asked,
  signal: AbortSignal,
): Promise<readonly Counting[] | undefined> {
  try {
    const counted = await question.ask(signal)
    question.fault = undefined
    return counted
  } catch (error) {
    if (!signal.aborted) question.fault = `Cannot tell ${question.about}: ${textOf(error)}`
    return undefined
  }
}

function textOf(error: unknown): string {
  if (error instanceof z.ZodError)
    return `the engine's answer is not as expected: ${z.prettifyError(error).replaceAll(/\s+/g, ' ')}`
  return error instanceof Error ? error.message : String(error)
}
