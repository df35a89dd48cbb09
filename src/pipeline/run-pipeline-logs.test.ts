import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, test } from 'node:test'
import { within } from '../../test/agent/environment.ts'
import { makeBlock } from '../../test/agent/log-blocks.ts'
import { collectingSink, makePipeline, sink, source, valuesOf } from '../../test/agent/pipelines.ts'
import type { Sink } from '../component/sink.ts'
import { runPipeline, type Pipeline } from './run-pipeline.ts'

describe('log lines through runPipeline()', { timeout: 60_000, concurrency: true }, () => {
  /** A sink that takes them, and settles a block when it is told to. */
  function logSink(
    name: string,
    settled: Promise<'stored'>,
    calls: string[] = [],
  ): Pipeline['sinks'][number] {
    const { component, config: options } = collectingSink([])
    const openLogs: Sink<unknown>['openLogs'] = () => ({
      ship: () => ({ packed: Promise.resolve(10), settled }),
      close: () => void calls.push(`${name} closed`),
    })
    return { component: { ...component, name, openLogs }, config: options }
  }

  test('go to all sinks that take them, whose outlets close at the end', async () => {
    const stop = new AbortController()
    const calls: string[] = []
    const gate = Promise.withResolvers<'stored'>()
    const pipeline = makePipeline({
      sources: [
        source('logs', async (_config, { logDelivery }) => {
          assert.equal(logDelivery.hasReceiver, true)
          const { packed, settled } = logDelivery.ship(makeBlock(['a']))
          assert.equal(await packed, 20)
          gate.resolve('stored')
          assert.equal(await settled, 'stored')
          calls.push('settled')
          stop.abort()
        }),
      ],
      sinks: [
        logSink('one', gate.promise, calls),
        collectingSink([]),
        logSink('two', Promise.resolve('stored'), calls),
      ],
    })
    await within(5000, runPipeline(pipeline, stop.signal))
    assert.deepEqual(calls, ['settled', 'one closed', 'two closed'])
  })

  test('have no receiver where no sink takes them', async () => {
    const stop = new AbortController()
    let hasReceiver: boolean | undefined
    const sources = [
      source('logs', async (_config, { logDelivery }) => {
        hasReceiver = logDelivery.hasReceiver
        stop.abort()
      }),
    ]
    await within(
      5000,
      runPipeline(makePipeline({ sources, sinks: [collectingSink([])] }), stop.signal),
    )
    assert.equal(hasReceiver, false)
  })

  test('that are under way at the stop give their source the time of the sinks', async () => {
    const stop = new AbortController()
    const gate = Promise.withResolvers<'stored'>()
    let isWritten = false
    const pipeline = makePipeline({
      stopMs: 500,
      sources: [
        source('logs', async (_config, { logDelivery }) => {
          const { settled } = logDelivery.ship(makeBlock(['a']))
          stop.abort()
          await settled
          await turn()
          isWritten = true
        }),
      ],
      sinks: [
        logSink('one', gate.promise),
        sink('last', async (_config, input) => {
          for await (const batch of input) valuesOf(batch)
          gate.resolve('stored')
        }),
      ],
    })
    await within(1000, runPipeline(pipeline, stop.signal))
    assert.equal(isWritten, true)
  })
})
