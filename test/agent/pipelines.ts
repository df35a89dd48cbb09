import { z } from 'zod'
import { defineSink, type Sink } from '../../src/component/sink.ts'
import { defineSource, type Source } from '../../src/component/source.ts'
import type { Batch } from '../../src/model/item.ts'
import type { Pipeline } from '../../src/pipeline/run-pipeline.ts'
import {
  makeEnvironment,
  makeSinkContext,
  makeSourceContext,
  makeTelemetry,
} from './environment.ts'

const config = z.unknown()

/** A source that does what `run` does. */
export function source(name: string, run: Source<unknown>['run']): Pipeline['sources'][number] {
  return { component: defineSource({ name, about: name, config, run }), config: {} }
}

/** A sink that does what `run` does. */
export function sink(name: string, run: Sink<unknown>['run']): Pipeline['sinks'][number] {
  return { component: defineSink({ name, about: name, config, run }), config: {} }
}

/** Keeps the values of all points it is given. */
export function collectingSink(values: number[]): Pipeline['sinks'][number] {
  return sink('collecting', async (_config, input) => {
    for await (const batch of input) values.push(...valuesOf(batch))
  })
}

/** Values of its points. */
export function valuesOf(batch: Batch): number[] {
  return batch.flatMap((item) => (item.kind === 'point' ? [item.value] : []))
}

/** Without any component; `change` says which it has. */
export function makePipeline(change: Partial<Pipeline>): Pipeline {
  return {
    sources: [],
    stages: [],
    sinks: [],
    environment: makeEnvironment(),
    telemetry: makeTelemetry(),
    queueBatches: 4,
    patienceMs: 60_000,
    stopMs: 2000,
    clock: Date.now,
    sourceContext: makeSourceContext(),
    sinkContext: makeSinkContext(),
    ...change,
  }
}
