import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { runs } from './runs.ts'

/** A clock that moves by itself, and what the telemetry was told. */
function open(): {
  readonly told: string[]
  readonly stop: AbortController
  readonly context: Parameters<typeof runs>[2]
} {
  const told: string[] = []
  const stop = new AbortController()
  let clockMs = 0
  const telemetry = {
    beginRun: (name: string, timeMs: number) => told.push(`${name} begins ${timeMs}`),
    endRun: (name: string) => told.push(`${name} ends`),
  }
  return { told, stop, context: { signal: stop.signal, clock: () => (clockMs += 3), telemetry } }
}

describe('runs()', () => {
  test('tells where each tick begins and ends, the last one too', async () => {
    const { told, stop, context } = open()
    for await (const timeMs of runs('a', 10, context)) {
      told.push(`reads ${timeMs}`)
      if (timeMs === 20) stop.abort()
    }
    assert.deepEqual(told, [
      'a begins 10',
      'reads 10',
      'a ends',
      'a begins 20',
      'reads 20',
      'a ends',
    ])
  })

  test('ends the run of a source that fails in it', async () => {
    const { told, context } = open()
    const failing = async (): Promise<void> => {
      for await (const timeMs of runs('a', 10, context)) throw new Error(`no ${timeMs}`)
    }
    await assert.rejects(failing, /no 10/)
    assert.deepEqual(told, ['a begins 10', 'a ends'])
  })
})
