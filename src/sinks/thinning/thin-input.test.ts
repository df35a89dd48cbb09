import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeTelemetry, within } from '../../../test/agent/environment.ts'
import { makePoint, makeSeries } from '../../../test/agent/points.ts'
import { makeSketch } from '../../../test/agent/sketches.ts'
import type { Batch } from '../../model/item.ts'
import { thinInput, type Thinned } from './thin-input.ts'

const startMs = 1_795_000_000_000

/** A clock that goes on by 5 ms each time somebody looks at it. */
function openClock(): () => number {
  let nowMs = startMs
  return () => (nowMs += 5)
}

/** How many points and distributions were handed on each time. */
async function countsOf(
  input: AsyncIterable<Batch>,
  onSend: (thinned: Thinned) => Promise<void> | void = () => {},
  telemetry = makeTelemetry(),
): Promise<readonly string[]> {
  const counts: string[] = []
  const running = thinInput(input, {
    intervalMs: 20,
    clock: openClock(),
    name: 'other',
    telemetry,
    async send(thinned) {
      await onSend(thinned)
      counts.push(`${thinned.points.length} ${thinned.sketches.length}`)
    },
  })
  await within(5000, running)
  return counts
}

const seldom = makeSeries({ intervalS: 60 })

describe('thinInput()', () => {
  test('hands on at the end of the interval, while the input goes on', async () => {
    const sent = Promise.withResolvers<void>()
    const input = async function* (): AsyncGenerator<Batch, void, void> {
      yield [makePoint(1, { series: seldom }), makeSketch([1])]
      await sent.promise
      yield [makePoint(2, { series: seldom })]
    }
    const counts = await countsOf(input(), () => sent.resolve())
    assert.deepEqual(counts, ['1 1', '1 0'])
  })

  test('hands on before that when much waits', async () => {
    const input = async function* (): AsyncGenerator<Batch, void, void> {
      for (const value of [1, 2])
        yield Array.from({ length: 10_001 }, () => makePoint(value, { series: seldom }))
    }
    const counts = await countsOf(input())
    assert.deepEqual(counts, ['10001 0', '10001 0'])
  })

  test('hands on the rest at the end, and never nothing', async () => {
    const input = async function* (): AsyncGenerator<Batch, void, void> {
      yield [makePoint(Number.NaN, { series: seldom })]
    }
    assert.deepEqual(await countsOf(input()), [])
    const last = async function* (): AsyncGenerator<Batch, void, void> {
      yield [makePoint(1, { timeMs: startMs })]
    }
    assert.deepEqual(await countsOf(last()), ['1 0'])
  })

  test('loses no more than what cannot be sent, and counts it', async () => {
    const telemetry = makeTelemetry()
    const input = async function* (): AsyncGenerator<Batch, void, void> {
      for (const value of [1, 2])
        yield Array.from({ length: 10_001 }, () => makePoint(value, { series: seldom }))
    }
    const fail = ({ points }: Thinned): void => {
      if (points[0]?.value === 1) throw new Error('no such number')
    }
    assert.deepEqual(await countsOf(input(), fail, telemetry), ['10001 0'])
    assert.deepEqual(telemetry.snapshot().dropped, { 'other.unencodable': 10_001 })
  })

  test('calls one after the other', async () => {
    let atWork = 0
    const input = async function* (): AsyncGenerator<Batch, void, void> {
      for (const value of [1, 2, 3])
        yield Array.from({ length: 10_001 }, () => makePoint(value, { series: seldom }))
    }
    await countsOf(input(), async () => {
      atWork += 1
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      assert.equal(atWork, 1)
      atWork -= 1
    })
  })
})
