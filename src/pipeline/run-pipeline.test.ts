import assert from 'node:assert/strict'
import { once } from 'node:events'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import { describe, test } from 'node:test'
import { pino } from 'pino'
import { makeTelemetry, within } from '../../test/agent/environment.ts'
import { collectingSink, makePipeline, sink, source, valuesOf } from '../../test/agent/pipelines.ts'
import { makePoint } from '../../test/agent/points.ts'
import type { Batch } from '../model/item.ts'
import type { Log } from '../telemetry/log.ts'
import { runPipeline } from './run-pipeline.ts'

/** Never takes anything from its queue, and does not care for its deadline. */
const stuckSink = sink('stuck', () => new Promise(() => {}))

/** Keeps what is written to it. */
function recordingLog(said: string[]): Log {
  return pino({}, { write: (line) => void said.push(line) })
}

/** A source that runs until it is stopped. */
async function untilStopped(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}

describe('runPipeline()', { timeout: 60_000, concurrency: true }, () => {
  test('delivers what a source sends while it stops', async () => {
    const stop = new AbortController()
    const values: number[] = []
    const pipeline = makePipeline({
      sources: [
        source('last-words', async (_config, { signal, emit }) => {
          await emit([makePoint(1)])
          stop.abort()
          await untilStopped(signal)
          for (const value of [2, 3, 4, 5, 6, 7]) await emit([makePoint(value)])
        }),
      ],
      sinks: [collectingSink(values)],
    })
    await within(5000, runPipeline(pipeline, stop.signal))
    assert.deepEqual(values, [1, 2, 3, 4, 5, 6, 7])
    assert.deepEqual(pipeline.telemetry.snapshot().dropped, {})
    assert.equal(pipeline.telemetry.snapshot().sources[0]?.state, 'stopped')
  })

  test('gives every batch to every sink, through the stages in their order', async () => {
    const stop = new AbortController()
    const [left, right]: [number[], number[]] = [[], []]
    const mapValues = (change: (value: number) => number) => ({
      apply: (batch: Batch): Batch =>
        batch.map((item) =>
          item.kind === 'point' ? { ...item, value: change(item.value) } : item,
        ),
    })
    const pipeline = makePipeline({
      sources: [
        source('one', async (_config, { emit }) => {
          await emit([makePoint(1), makePoint(2)])
          stop.abort()
        }),
      ],
      stages: [mapValues((value) => value + 1), mapValues((value) => value * 10)],
      sinks: [collectingSink(left), collectingSink(right)],
    })
    await within(5000, runPipeline(pipeline, stop.signal))
    assert.deepEqual(
      [left, right],
      [
        [20, 30],
        [20, 30],
      ],
    )
  })

  test('sends what a stage still holds through the stages behind it', async () => {
    const stop = new AbortController()
    const values: number[] = []
    const holding = { apply: (): Batch => [], flush: (): Batch => [makePoint(7)] }
    const doubling = {
      apply: (batch: Batch): Batch =>
        batch.map((item) => (item.kind === 'point' ? { ...item, value: item.value * 2 } : item)),
    }
    const sources = [source('idle', (_config, { signal }) => untilStopped(signal))]
    const sinks = [collectingSink(values)]
    const running = runPipeline(
      makePipeline({ sources, sinks, stages: [holding, doubling] }),
      stop.signal,
    )
    stop.abort()
    await within(5000, running)
    assert.deepEqual(values, [14])
  })

  test('holds a source back when a sink is slow, and loses nothing', async () => {
    const stop = new AbortController()
    const gate = Promise.withResolvers<void>()
    const values: number[] = []
    let sent = 0
    const pipeline = makePipeline({
      queueBatches: 2,
      sources: [
        source('fast', async (_config, { emit }) => {
          for (; sent < 20; sent += 1) await emit([makePoint(sent)])
          stop.abort()
        }),
      ],
      sinks: [
        sink('slow', async (_config, input) => {
          await gate.promise
          for await (const batch of input) values.push(...valuesOf(batch))
        }),
      ],
    })
    const running = runPipeline(pipeline, stop.signal)
    for (let turns = 0; turns < 20; turns += 1) await turn()
    assert.equal(sent, 2)
    gate.resolve()
    await within(5000, running)
    assert.deepEqual(values, [...Array(20).keys()])
    assert.deepEqual(pipeline.telemetry.snapshot().dropped, {})
  })

  test('counts by sink what finds no room in time; the other sinks lose nothing', async () => {
    const stop = new AbortController()
    const values: number[] = []
    const pipeline = makePipeline({
      queueBatches: 1,
      patienceMs: 10,
      stopMs: 40,
      sources: [
        source('one', async (_config, { emit }) => {
          for (const value of [1, 2, 3]) await emit([makePoint(value), makePoint(value)])
          stop.abort()
        }),
      ],
      sinks: [stuckSink, collectingSink(values)],
    })
    await within(5000, runPipeline(pipeline, stop.signal))
    assert.deepEqual(values, [1, 1, 2, 2, 3, 3])
    assert.deepEqual(pipeline.telemetry.snapshot().dropped, {
      'stuck.queue_full': 4,
      'stuck.undelivered_at_stop': 2,
    })
  })

  test('counts what each source hands on, before a stage or a full queue changes it', async () => {
    const stop = new AbortController()
    const telemetry = makeTelemetry()
    const pipeline = makePipeline({
      telemetry,
      sources: [
        source('one', async (_config, { emit }) => {
          await emit([makePoint(1), makePoint(2)])
          await emit([makePoint(3)])
        }),
        source('two', async (_config, { emit }) => {
          await emit([makePoint(1)])
          stop.abort()
        }),
      ],
      stages: [{ apply: () => [] }],
    })
    await within(5000, runPipeline(pipeline, stop.signal))
    assert.deepEqual(
      telemetry.snapshot().sources.map(({ name, work }) => [name, work?.total.points]),
      [
        ['one', 3],
        ['two', 1],
      ],
    )
  })

  test('starts a crashed source again after a pause, while the others go on', async () => {
    const stop = new AbortController()
    const values: number[] = []
    const telemetry = makeTelemetry()
    let runs = 0
    let failedAtMs = 0
    const pipeline = makePipeline({
      telemetry,
      sources: [
        source('fragile', async () => {
          runs += 1
          if (runs === 1) {
            failedAtMs = performance.now()
            throw new Error('the disk is on fire')
          }
          assert.ok(performance.now() - failedAtMs >= 499)
          stop.abort()
        }),
        source('healthy', async (_config, { signal, emit }) => {
          while (!signal.aborted) {
            await emit([makePoint(runs)])
            const [fragile] = telemetry.snapshot().sources
            if (fragile?.state === 'backoff') {
              assert.equal(fragile.restarts, 1)
              assert.match(fragile.message, /fragile failed: the disk is on fire; it starts again/)
              assert.equal(fragile.work?.errors.count, 1)
              values.push(-1)
              await untilStopped(signal)
            }
            await turn()
          }
        }),
      ],
      sinks: [collectingSink(values)],
    })
    await within(5000, runPipeline(pipeline, stop.signal))
    assert.equal(runs, 2)
    assert.ok(values.includes(-1), 'the state backoff was never told')
    assert.ok(values.includes(1), 'the healthy source has sent nothing')
  })

  test('starts a source again that returns although nobody stopped it', async () => {
    const stop = new AbortController()
    const telemetry = makeTelemetry()
    let runs = 0
    const sources = [
      source('quitter', async () => {
        runs += 1
        if (runs === 2) stop.abort()
      }),
    ]
    await within(5000, runPipeline(makePipeline({ telemetry, sources }), stop.signal))
    assert.equal(runs, 2)
    assert.equal(telemetry.snapshot().sources[0]?.restarts, 1)
  })

  test('stops although a source ignores its signal, says so, and still delivers', async () => {
    const stop = new AbortController()
    const values: number[] = []
    const said: string[] = []
    const telemetry = { ...makeTelemetry(), log: recordingLog(said) }
    const pipeline = makePipeline({
      telemetry,
      stopMs: 50,
      sources: [
        source('deaf', async (_config, { emit }) => {
          await emit([makePoint(1)])
          stop.abort()
          await new Promise(() => {})
        }),
      ],
      sinks: [collectingSink(values)],
    })
    await within(1000, runPipeline(pipeline, stop.signal))
    assert.deepEqual(values, [1])
    assert.match(said.join(), /source deaf has not stopped within 0.05 s.*stop_timeout/)
  })

  test('gives a source that has still to hand on more than half of the time for the stop', async () => {
    const stop = new AbortController()
    const values: number[] = []
    let mayTakeMs = 0
    const pipeline = makePipeline({
      stopMs: 4000,
      sources: [
        source('slow', async (_config, { emit, signal, stopWithinMs }) => {
          mayTakeMs = stopWithinMs
          stop.abort()
          await untilStopped(signal)
          await sleep(stopWithinMs / 4)
          await emit([makePoint(1)])
        }),
      ],
      sinks: [collectingSink(values)],
    })
    await within(5000, runPipeline(pipeline, stop.signal))
    assert.equal(mayTakeMs, 2400)
    assert.deepEqual(values, [1])
  })

  test('starts a failed sink again on its queue, and counts the batch that it held', async () => {
    const stop = new AbortController()
    const values: number[] = []
    let runs = 0
    const pipeline = makePipeline({
      sources: [
        source('one', async (_config, { emit }) => {
          await emit([makePoint(1), makePoint(2), makePoint(3)])
          await emit([makePoint(4)])
          stop.abort()
        }),
      ],
      sinks: [
        sink('shaky', async (_config, input) => {
          runs += 1
          for await (const batch of input) {
            if (runs === 1) throw new Error('no')
            values.push(...valuesOf(batch))
          }
        }),
      ],
    })
    await within(5000, runPipeline(pipeline, stop.signal))
    assert.deepEqual(values, [4])
    assert.deepEqual(pipeline.telemetry.snapshot().dropped, { 'shaky.sink_failed': 3 })
  })

  test('tells a sink when the time to deliver is over', async () => {
    const stop = new AbortController()
    let wasTold = false
    const pipeline = makePipeline({
      stopMs: 20,
      sinks: [
        sink('patient', async (_config, _input, { deadline }) => {
          await once(deadline, 'abort')
          wasTold = true
        }),
      ],
    })
    stop.abort()
    await within(1000, runPipeline(pipeline, stop.signal))
    assert.equal(wasTold, true)
  })

  test('stops although a sink ignores the deadline', async () => {
    const stop = new AbortController()
    stop.abort()
    const running = runPipeline(makePipeline({ stopMs: 10, sinks: [stuckSink] }), stop.signal)
    await within(1000, running)
  })
})
