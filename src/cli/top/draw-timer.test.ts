import assert from 'node:assert/strict'
import { describe, mock, test, type TestContext } from 'node:test'
import { createDrawTimer } from './draw-timer.ts'

describe('createDrawTimer()', () => {
  test('draws in time although news never ends', (t: TestContext) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const draw = mock.fn()
    const timer = createDrawTimer(draw)
    for (let step = 0; step < 8; step += 1) {
      timer.within(80)
      t.mock.timers.tick(20)
    }
    assert.equal(draw.mock.callCount(), 2)
  })

  test('draws at once what is urgent, and not again for what waited', (t: TestContext) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const draw = mock.fn()
    const timer = createDrawTimer(draw)
    timer.within(1000)
    timer.within(0)
    t.mock.timers.tick(1)
    assert.equal(draw.mock.callCount(), 1)
    t.mock.timers.tick(2000)
    assert.equal(draw.mock.callCount(), 1)
  })
})
