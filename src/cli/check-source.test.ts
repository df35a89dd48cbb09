import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { makeSourceContext } from '../../test/agent/environment.ts'
import { makePoint } from '../../test/agent/points.ts'
import { runs } from '../component/runs.ts'
import { defineSource, type Source, type SourceContext } from '../component/source.ts'
import { checkSource, type CheckPlan, type CheckResult } from './check-source.ts'

const interval = z.strictObject({ interval: z.number() })

function source(run: Source<unknown>['run']): Source<unknown> {
  return defineSource({ name: 'fake', about: 'a fake', config: z.unknown(), run })
}

/** A source that hands on `amounts[n]` points in its run n, and then goes on with none. */
function ticking(...amounts: readonly number[]): Source<unknown> {
  return source(async (config, context) => {
    const left = [...amounts]
    for await (const timeMs of runs('fake', interval.parse(config).interval, context)) {
      const points = Array.from({ length: left.shift() ?? 0 }, (_, at) => makePoint(at, { timeMs }))
      await context.emit(points)
    }
  })
}

function checkFake(
  checked: Source<unknown>,
  plan: Partial<CheckPlan> = {},
  change: Partial<SourceContext> = {},
): Promise<CheckResult> {
  return checkSource(
    checked,
    { interval: 3_600_000 },
    {
      plan: { times: 1, pauseMs: 10, limitMs: 5000, ...plan },
      context: makeSourceContext(change),
    },
  )
}

describe('checkSource()', { timeout: 60_000, concurrency: true }, () => {
  test('ends after the wanted runs, in the given rhythm, not in that of the configuration', async () => {
    const { items, fullRuns, report } = await checkFake(ticking(2, 3, 4), { times: 2 })
    assert.equal(items.length, 5)
    assert.equal(fullRuns, 2)
    assert.equal(report.work?.runs, 2)
    assert.deepEqual([report.work.lastRun.points, report.work.total.points], [3, 5])
  })

  test('does not take a run for one in which the source had nothing yet', async () => {
    const { items, fullRuns, report } = await checkFake(ticking(0, 0, 3))
    assert.deepEqual([items.length, fullRuns, report.work?.runs], [3, 1, 3])
  })

  test('keeps what a source says when it stops', async () => {
    const lastWords = source(async (_config, context) => {
      for await (const timeMs of runs('fake', 10, context)) await context.emit([makePoint(timeMs)])
      await context.emit([makePoint(7)])
    })
    assert.equal((await checkFake(lastWords)).items.length, 2)
  })

  test('gives up at its limit, with what has come', async () => {
    const { items, fullRuns } = await checkFake(ticking(1), { times: 2, limitMs: 100 })
    assert.deepEqual([items.length, fullRuns], [1, 1])
  })

  test('ends when it is interrupted', async () => {
    const stop = new AbortController()
    const deaf = source(async (_config, { signal }) => {
      stop.abort()
      if (!signal.aborted) await once(signal, 'abort')
    })
    const { items, fullRuns } = await checkFake(deaf, { limitMs: 60_000 }, { signal: stop.signal })
    assert.deepEqual([items.length, fullRuns], [0, 0])
  })

  test('counts a failure as an error and does not start the source again', async () => {
    let starts = 0
    const broken = source(async (_config, { emit }) => {
      starts += 1
      await emit([makePoint(1)])
      throw new Error('the disk is on fire')
    })
    const { items, report } = await checkFake(broken)
    assert.deepEqual([starts, items.length, report.state], [1, 1, 'stopped'])
    assert.equal(report.work?.errors.newest[0]?.message, 'the disk is on fire')
  })

  test('counts as a warning what the source lacks', async () => {
    const degraded = source(async (_config, context) => {
      for await (const timeMs of runs('fake', 10, context)) {
        context.telemetry.setSource('fake', { state: 'degraded', message: 'no engine' })
        await context.emit([makePoint(timeMs)])
      }
    })
    const { report } = await checkFake(degraded, { times: 2 })
    assert.deepEqual([report.state, report.work?.warnings.count], ['degraded', 2])
  })
})
