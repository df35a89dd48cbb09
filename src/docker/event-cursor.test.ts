import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeEngineEvent } from '../../test/agent/engine-event.ts'
import { EventCursor } from './event-cursor.ts'

const at = 1_795_189_550_515_555_770n

describe('EventCursor', () => {
  test('asks for what comes after its start, to the nanosecond', () => {
    assert.equal(EventCursor.startingAt(1_795_189_550_515.7).since(), '1795189550.515000000')
  })

  test('takes each event once, also those of one moment', () => {
    const cursor = EventCursor.startingAt(0)
    const die = makeEngineEvent('die', { timeNanos: at })
    assert.ok(cursor.advance(die))
    assert.ok(cursor.advance(makeEngineEvent('start', { timeNanos: at })))
    assert.ok(!cursor.advance(die))
    assert.equal(cursor.since(), '1795189550.515555770')
    assert.equal(cursor.newestMs, 1_795_189_550_515)
  })

  test('does not go back for an event that comes out of turn', () => {
    const cursor = EventCursor.startingAt(0)
    cursor.advance(makeEngineEvent('start', { timeNanos: at }))
    assert.ok(cursor.advance(makeEngineEvent('create', { timeNanos: at - 5n })))
    assert.equal(cursor.since(), '1795189550.515555770')
  })

  test('goes on in another process where it stood', () => {
    const before = EventCursor.startingAt(0)
    const newest = [
      makeEngineEvent('die', { timeNanos: at }),
      makeEngineEvent('oom', { timeNanos: at }),
    ]
    for (const event of [makeEngineEvent('start', { timeNanos: at - 1n }), ...newest])
      before.advance(event)
    const state = before.state()
    assert.equal(state.seenThen.length, 2)
    const after = EventCursor.goingOn(state)
    assert.equal(after.since(), before.since())
    assert.deepEqual(
      newest.map((event) => after.advance(event)),
      [false, false],
    )
    assert.ok(after.advance(makeEngineEvent('stop', { timeNanos: at })))
  })
})
