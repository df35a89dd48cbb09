import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, mock, test } from 'node:test'
import { sampleContainer } from '../../test/server/open-test-server.ts'
import { LiveTable, type LiveChanges } from '../store/live-table.ts'
import { openLiveSource } from './live.ts'

describe('openLiveSource()', () => {
  let table: LiveTable
  let heard: LiveChanges[] = []
  let seconds = 0
  let following: { readonly close: () => void }

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_790_000_000_000 })
    table = new LiveTable({ clock: Date.now })
    heard = []
    seconds = 0
    following = openLiveSource(table).follow({
      onChanges: (changes) => heard.push(changes),
      onSecond: () => seconds++,
    })
  })
  afterEach(() => {
    following.close()
    mock.timers.reset()
  })

  function tell(host: string): void {
    table.applyInventory({
      kind: 'inventory',
      host,
      timeMs: Date.now(),
      isFull: true,
      containers: [sampleContainer(host)],
      removedIds: [],
    })
  }

  test('tells once what came in within a moment, soon after', () => {
    tell('a')
    tell('b')
    assert.equal(heard.length, 0)
    mock.timers.tick(100)
    assert.equal(heard.length, 1)
    assert.equal(heard[0]?.changed.length, 2)
  })

  test('tells nothing while nothing comes in, but counts the seconds', () => {
    mock.timers.tick(5000)
    assert.equal(heard.length, 0)
    assert.equal(seconds, 5)
  })

  test('ends with close', () => {
    tell('a')
    following.close()
    tell('b')
    mock.timers.tick(5000)
    assert.equal(heard.length, 0)
    assert.equal(seconds, 0)
  })
})
