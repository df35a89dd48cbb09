import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeEntry, type Entry } from './entry.ts'
import type { Payload } from './forwarder.ts'
import { Lane } from './lane.ts'

const backOff = { baseMs: 2000, maxMs: 64_000, factor: 2, recovery: 2, resets: false }

function makeLane(change: Partial<Payload> = {}): Lane {
  return new Lane(payload(change), backOff)
}

function payload(change: Partial<Payload> = {}): Payload {
  return { route: '/r', contentType: 'text/plain', body: Buffer.alloc(1), count: 1, ...change }
}

/** Puts so many into it; gives them, the oldest first. */
function fill(lane: Lane, count: number): readonly Entry[] {
  const entries = Array.from({ length: count }, (_one, at) => makeEntry(payload(), at, at))
  for (const entry of entries) lane.add(entry)
  return entries
}

function takeAll(lane: Lane, isProbe = false): number[] {
  const taken: number[] = []
  for (let next = lane.take(0, isProbe); next !== undefined; next = lane.take(0, isProbe))
    taken.push(next.sequence)
  return taken
}

describe('Lane', () => {
  test('gives the newest first, and the oldest each fifth time', () => {
    const lane = makeLane()
    fill(lane, 10)
    assert.deepEqual(takeAll(lane), [9, 8, 7, 6, 0, 5, 4, 3, 2, 1])
  })

  test('gives the oldest first where each tells of a change', () => {
    const lane = makeLane({ order: 'oldest-first' })
    fill(lane, 6)
    assert.deepEqual(takeAll(lane), [0, 1, 2, 3, 4, 5])
  })

  test('puts one that comes back at the place of its age', () => {
    const lane = makeLane()
    const [first, second, third] = fill(lane, 3)
    assert.ok(first && second && third)
    lane.remove(second)
    lane.add(second)
    assert.deepEqual(lane.waiting, [first, second, third])
  })

  test('tries another each time while it is in trouble, the newest first', () => {
    const lane = makeLane()
    fill(lane, 3)
    const tried: (number | undefined)[] = []
    for (let n = 0; n < 6; n += 1) {
      const entry = lane.take(0, true)
      assert.ok(entry)
      tried.push(entry.sequence)
      lane.noteFailure(entry, true, 0)
      lane.add(entry)
    }
    assert.deepEqual(tried, [2, 1, 0, 2, 1, 0])
  })

  test('keeps to the order in an outage, unless it is answered that something is wrong', () => {
    const lane = makeLane({ order: 'oldest-first' })
    fill(lane, 3)
    const tried: (number | undefined)[] = []
    for (const isServerError of [false, false, true, true, true]) {
      const entry = lane.take(0, true)
      assert.ok(entry)
      tried.push(entry.sequence)
      lane.noteFailure(entry, isServerError, 0)
      lane.add(entry)
    }
    assert.deepEqual(tried, [0, 0, 0, 1, 2])
  })

  test('gives one a pause of its own that fails while others are taken', () => {
    const lane = makeLane()
    const [bad, good] = fill(lane, 2)
    assert.ok(bad && good)
    lane.noteFailure(bad, true, 1000)
    assert.deepEqual([bad.notBeforeMs, bad.serverErrorsAlone], [0, 0])
    lane.taken += 1
    lane.noteFailure(bad, true, 1000)
    assert.equal(bad.serverErrorsAlone, 1)
    assert.ok(bad.notBeforeMs >= 3000 && bad.notBeforeMs <= 5000)
    lane.remove(good)
    assert.equal(lane.take(1500, false), undefined)
    assert.equal(lane.nextReadyMs(1500), bad.notBeforeMs)
    assert.equal(lane.take(5000, false), bad)
  })

  test('does not take a failure for its own while nothing of its route is taken', () => {
    const lane = makeLane()
    const [entry] = fill(lane, 1)
    assert.ok(entry)
    lane.taken = 7
    for (let n = 0; n < 50; n += 1) lane.noteFailure(entry, true, 0)
    assert.deepEqual([entry.failures, entry.serverErrorsAlone], [50, 0])
  })

  test('lets nothing on disk that is urgent or soon outdated', () => {
    assert.equal(makeLane().isStorable, true)
    assert.equal(makeLane({ priority: 'high' }).isStorable, false)
    assert.equal(makeLane({ replacesOlder: true }).isStorable, false)
  })
})
