import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeLife } from '../../../../test/agent/run-stage.ts'
import { maxWaitingLives, WaitingLives } from './waiting-lives.ts'

const never = (): boolean => false

describe('WaitingLives', () => {
  test('gives each out once, when its time is over', () => {
    const lives = new WaitingLives()
    lives.add(makeLife(1), 10)
    lives.add(makeLife(2), 20)
    assert.deepEqual(lives.takeDue(9, never), [])
    assert.deepEqual(lives.takeDue(10, never), [makeLife(1)])
    assert.deepEqual(lives.takeDue(10, never), [])
    assert.deepEqual(lives.ids(), ['a'])
    lives.extend(30)
    assert.deepEqual(lives.takeDue(25, never), [])
    assert.deepEqual(
      lives.takeDue(30, () => true),
      [],
    )
    assert.deepEqual(lives.takeDue(30, never), [makeLife(2)])
    assert.deepEqual(lives.ids(), [])
  })

  test('drops the oldest when there are too many', () => {
    const lives = new WaitingLives()
    for (let at = 0; at < maxWaitingLives; at += 1)
      assert.equal(lives.add(makeLife(at, { containerId: `c${at}` }), 10), false)
    assert.equal(lives.add(makeLife(1, { containerId: 'last' }), 10), true)
    assert.equal(lives.ids().length, maxWaitingLives)
    assert.equal(lives.ids()[0], 'c1')
  })
})
