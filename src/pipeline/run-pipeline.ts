import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sink, SinkContext } from '../component/sink.ts'
import type { Environment, Source, SourceContext } from '../component/source.ts'
import type { RunningStage } from '../component/stage.ts'
import type { Batch } from '../model/item.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { BoundedQueue } from './bounded-queue.ts'
import { deliverLogs, type NamedOutlet } from './deliver-logs.ts'
import { superviseSink } from './supervise-sink.ts'
import { superviseSource } from './supervise-source.ts'

/** Part of the time for the stop after which the queues close, with or without what a source has still to send. */
const sourcesShare = 0.6
/** What a sink may still do once its deadline has come; then it is left behind. */
const lateSinkMs = 250

/** A component with the configuration it runs with. */
export interface Configured<Component> {
  readonly component: Component
  readonly config: unknown
}

export interface Pipeline {
  readonly sources: readonly Configured<Source<unknown>>[]
  readonly stages: readonly RunningStage[]
  readonly sinks: readonly Configured<Sink<unknown>>[]
  readonly environment: Environment
  readonly telemetry: Telemetry
  /** What sources share among each other, and how commands reach them. */
  readonly sourceContext: Pick<
    SourceContext,
    'tagger' | 'board' | 'readings' | 'watched' | 'control'
  >
  /** Batches that may wait before each sink. */
  readonly queueBatches: number
  /** How long a source is held back by a full queue before that sink loses the batch. */
  readonly patienceMs: number
  /** How long the stop may take: sources have `sourcesShare` of it, sinks what is left then. */
  readonly stopMs: number
  readonly clock: () => number
  readonly sinkContext: Omit<SinkContext, 'environment' | 'telemetry' | 'clock' | 'deadline'>
}

/**
 * Runs sources → stages → one bounded queue for each sink → sinks. When `signal` aborts only the sources are stopped;
 * what they sent drains through to the sinks, and then the promise resolves. Never rejects: a failing component is
 * started again by itself. A component that does not stop in its time is left behind. Log lines have a way of their own,
 * past stages and queues: while some of them are under way, a source that waits for them has the time of the sinks.
 */
export async function runPipeline(pipeline: Pipeline, signal: AbortSignal): Promise<void> {
  const deadline = new AbortController()
  const { environment, telemetry, clock, stopMs } = pipeline
  const sinceStopMs = measureFrom(signal)
  const stopWithinMs = stopMs * sourcesShare
  const queues = pipeline.sinks.map(() => new BoundedQueue<Batch>(pipeline.queueBatches))
  const sinkContext: SinkContext = {
    ...pipeline.sinkContext,
    environment,
    telemetry,
    clock,
    deadline: deadline.signal,
  }
  const logDelivery = deliverLogs(openLogOutlets(pipeline, sinkContext), {
    maxBytes: sinkContext.forwarder.memoryBytes,
    onLeftOut: (sink, count) => telemetry.countDropped(`${sink}.logs.buffer_full`, count),
  })
  const sinksDone = pipeline.sinks.map(({ component, config }, at) =>
    superviseSink(component, config, {
      input: queues[at] ?? new BoundedQueue(1),
      context: sinkContext,
    }),
  )
  const emit = (batch: Batch): Promise<void> =>
    sendOn(pipeline, queues, applyStages(pipeline.stages, batch))
  const running = new Set(pipeline.sources.map(({ component }) => component.name))
  const sourcesDone = pipeline.sources.map(async ({ component, config }) => {
    await superviseSource(component, config, {
      ...pipeline.sourceContext,
      signal,
      stopWithinMs,
      clock,
      environment,
      telemetry,
      emit,
      logDelivery,
    })
    running.delete(component.name)
  })
  await doneOrLate(Promise.all(sourcesDone), signal, stopWithinMs)
  await flushStages(pipeline, queues)
  for (const queue of queues) queue.close()
  const timer = setTimeout(() => deadline.abort(), stopMs - sinceStopMs())
  const late = logDelivery.isUnderWay() ? sourcesDone : []
  await doneOrLate(Promise.all([...sinksDone, ...late]), deadline.signal, lateSinkMs)
  clearTimeout(timer)
  logDelivery.close()
  tellLeftBehind(pipeline, running)
  await countLeft(pipeline, queues)
}

function openLogOutlets({ sinks }: Pipeline, context: SinkContext): readonly NamedOutlet[] {
  return sinks.flatMap(({ component, config }) => {
    const outlet = component.openLogs?.(config, context)
    return outlet === undefined ? [] : [{ sink: component.name, outlet }]
  })
}

function applyStages(stages: readonly RunningStage[], batch: Batch): Batch {
  return stages.reduce((items, stage) => stage.apply(items), batch)
}

/** What a stage still holds goes through the stages behind it. */
async function flushStages(
  pipeline: Pipeline,
  queues: readonly BoundedQueue<Batch>[],
): Promise<void> {
  const atStop = { ...pipeline, patienceMs: Math.min(pipeline.patienceMs, pipeline.stopMs / 4) }
  for (const [at, stage] of pipeline.stages.entries()) {
    const left = stage.flush?.() ?? []
    await sendOn(atStop, queues, applyStages(pipeline.stages.slice(at + 1), left))
  }
}

async function sendOn(
  { telemetry, sinks, patienceMs }: Pipeline,
  queues: readonly BoundedQueue<Batch>[],
  batch: Batch,
): Promise<void> {
  if (batch.length === 0) return
  await Promise.all(
    queues.map(async (queue, at) => {
      if (await queue.push(batch, patienceMs)) return
      telemetry.countDropped(`${sinks[at]?.component.name ?? 'sink'}.queue_full`, batch.length)
    }),
  )
}

/** Resolves when `work` is done, or `ms` after the signal aborts, whichever comes first. */
async function doneOrLate(work: Promise<unknown>, signal: AbortSignal, ms: number): Promise<void> {
  const done = new AbortController()
  await Promise.race([work, abortedFor(signal, ms, done.signal)])
  done.abort()
}

/** Resolves `ms` after the signal aborts, or as soon as `done` does. */
async function abortedFor(signal: AbortSignal, ms: number, done: AbortSignal): Promise<void> {
  try {
    if (!signal.aborted) await once(signal, 'abort', { signal: done })
    await sleep(ms, undefined, { signal: done })
  } catch {
    // Nobody waits any more.
  }
}

/** Milliseconds since the signal aborted; 0 before. */
function measureFrom(signal: AbortSignal): () => number {
  let fromMs = signal.aborted ? performance.now() : Infinity
  const note = (): void => {
    fromMs = performance.now()
  }
  signal.addEventListener('abort', note, { once: true })
  return () => Math.max(0, performance.now() - fromMs)
}

function tellLeftBehind({ telemetry, stopMs }: Pipeline, sources: ReadonlySet<string>): void {
  for (const source of sources) {
    telemetry.log.warn(
      { source },
      `The source ${source} has not stopped within ${stopMs / 1000} s: what it had received but not handed on is not delivered; vigie.agent.stop_timeout gives it more time`,
    )
  }
}

/** Counts what stands in the closed queues of sinks that failed or were left behind. */
async function countLeft(
  { telemetry, sinks }: Pipeline,
  queues: readonly BoundedQueue<Batch>[],
): Promise<void> {
  for (const [at, { component }] of sinks.entries()) {
    for await (const batch of queues[at] ?? [])
      telemetry.countDropped(`${component.name}.undelivered_at_stop`, batch.length)
  }
}
