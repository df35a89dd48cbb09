import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, mock, test } from 'node:test'
import { sampleContainer } from '../../../test/server/open-test-server.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import type { StoreBatch } from '../../store/store.ts'
import { watchLate, type LateHappenings } from './late-happenings.ts'

const nowMs = 1_790_000_000_000

describe('watchLate()', () => {
  let written: StoreBatch[] = []
  let told: number[] = []
  let late: LateHappenings
  let answer: Promise<void>

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: nowMs })
    written = []
    told = []
    answer = Promise.resolve()
    const store = {
      write: async (batch: StoreBatch): Promise<void> => {
        await answer
        written.push(batch)
      },
    }
    late = watchLate(store, Date.now)
    late.follow((fromMs) => told.push(fromMs))
  })
  afterEach(() => mock.timers.reset())

  const checkAt = (timeMs: number): ServiceCheck => ({
    kind: 'service-check',
    name: 'a',
    status: 2,
    message: '',
    timeMs,
    host: 'h',
    tags: [],
  })
  const checksAt = (...timesMs: readonly number[]): Promise<void> =>
    late.store.write({ serviceChecks: timesMs.map(checkAt) })

  test('tells the earliest of what came late, once for all that came within a second', async () => {
    await checksAt(nowMs - 600_000, nowMs)
    const container = sampleContainer('a')
    await late.store.write({ containers: [{ host: 'h', timeMs: nowMs - 900_000, container }] })
    assert.deepEqual(told, [])
    mock.timers.tick(1000)
    assert.deepEqual(told, [nowMs - 900_000])
    await checksAt(nowMs - 60_000)
    mock.timers.tick(1000)
    assert.deepEqual(told, [nowMs - 900_000, nowMs - 60_000])
    assert.equal(written.length, 3)
  })

  test('tells nothing of what those who follow ask for anyway', async () => {
    await checksAt(nowMs - 49_000, nowMs + 5000)
    await late.store.write({ logs: [] })
    mock.timers.tick(5000)
    assert.deepEqual(told, [])
  })

  test('tells nothing of what was not stored', async () => {
    answer = Promise.reject(new Error('disk full'))
    await assert.rejects(checksAt(nowMs - 600_000), /disk full/)
    mock.timers.tick(5000)
    assert.deepEqual(told, [])
  })

  test('tells nobody who has left', async () => {
    const others: number[] = []
    const leave = late.follow((fromMs) => others.push(fromMs))
    leave()
    await checksAt(nowMs - 600_000)
    mock.timers.tick(1000)
    assert.deepEqual([told.length, others.length], [1, 0])
  })
})
