import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { dogstatsdDefaults } from '../../../../test/agent/dogstatsd-settings.ts'
import { createTagger } from '../../../component/create-tagger.ts'
import type { Tagger } from '../../../component/tagger.ts'
import { OriginTable } from './origin-table.ts'

interface Stage {
  readonly tagger: Tagger
  readonly table: OriginTable
  /** Origins and the numbers of their tags, as the worker is told. */
  readonly takeNews: () => readonly (readonly [originId: number, tagSetId: number])[]
  readonly publish: (id: string, tags: readonly string[]) => Promise<void>
  readonly passMs: (ms: number) => void
}

function open(): Stage {
  let nowMs = 0
  const clock = (): number => nowMs
  const tagger = createTagger(clock)
  const table = new OriginTable({ tagger, clock, settings: dogstatsdDefaults.origin })
  return {
    tagger,
    table,
    takeNews() {
      const { originIds = [], tagSetIds = [] } = table.takeNews() ?? {}
      return [...originIds].map((id, at) => [id, tagSetIds[at] ?? -1] as const)
    },
    async publish(id, tags) {
      tagger.publish({ id, tags: { low: tags, orchestrator: tags, high: tags } })
      await nextTurn()
    },
    passMs(ms) {
      nowMs += ms
    },
  }
}

describe('OriginTable', () => {
  test('gives origins with equal tags the same number, and none 0', async () => {
    const { table, publish, takeNews } = open()
    await publish('x', ['b:2', 'a:1'])
    await publish('y', ['a:1', 'b:2'])
    await publish('z', ['a:1'])
    table.add([
      { id: 1, localData: 'x' },
      { id: 2, senderContainerId: 'y' },
      { id: 3, localData: 'z' },
      { id: 4, localData: 'z', cardinality: 'none' },
    ])
    assert.deepEqual(takeNews(), [
      [1, 1],
      [2, 1],
      [3, 2],
    ])
    assert.deepEqual(takeNews(), [], 'the worker takes 0 for what it is not told')
    assert.deepEqual(table.tagsOf(2), ['a:1', 'b:2'])
    assert.equal(table.tagsOf(2), table.tagsOf(1))
    assert.deepEqual([table.tagsOf(4), table.tagsOf(0), table.tagsOf(77)], [[], [], []])
  })

  test('finds the tags of a container that becomes known after its first sample', async () => {
    const { table, publish, takeNews } = open()
    table.add([{ id: 1, localData: 'x' }])
    takeNews()
    table.refresh()
    assert.deepEqual(takeNews(), [])
    await publish('x', ['a:1'])
    assert.deepEqual(table.tagsOf(1), [], 'not before it is time')
    table.refresh()
    assert.deepEqual(takeNews(), [[1, 2]])
    assert.deepEqual(table.tagsOf(1), ['a:1'])
  })

  test('does not let two new origins be added up before their tags are known', async () => {
    const { table, publish, passMs, takeNews } = open()
    table.add([
      { id: 1, localData: 'x' },
      { id: 2, localData: 'y' },
      { id: 3, localData: 'gone' },
      { id: 4, localData: 'gone too' },
    ])
    assert.deepEqual(takeNews(), [
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ])
    await publish('x', ['a:1'])
    await publish('y', ['a:1'])
    table.refresh()
    assert.deepEqual(takeNews(), [
      [1, 5],
      [2, 5],
    ])
    passMs(3000)
    table.refresh()
    assert.deepEqual(takeNews(), [
      [3, 0],
      [4, 0],
    ])
  })

  test('finds a container all the same that is known only after it was given up', async () => {
    const { table, publish, passMs } = open()
    table.add([{ id: 1, localData: 'x' }])
    passMs(3000)
    table.refresh()
    await publish('x', ['a:1'])
    table.refresh()
    assert.deepEqual(table.tagsOf(1), ['a:1'])
  })

  test('looks through many origins in several goes, and once more after a change meanwhile', async () => {
    const { table, publish, passMs, takeNews } = open()
    table.add(Array.from({ length: 12_000 }, (_, at) => ({ id: at + 1, localData: 'x' })))
    passMs(3000)
    table.refresh()
    takeNews()
    await publish('x', ['a:1'])
    const refreshed = (): number => {
      table.refresh()
      return takeNews().length
    }
    assert.equal(refreshed(), 5000)
    await publish('x', ['a:2'])
    const counts = Array.from({ length: 6 }, refreshed)
    assert.deepEqual(counts, [5000, 2000, 5000, 0, 0, 0])
    assert.deepEqual(table.tagsOf(12_000), ['a:2'])
    assert.deepEqual(table.tagsOf(1), ['a:2'])
  })

  test('follows tags that change', async () => {
    const { table, publish, takeNews } = open()
    await publish('x', ['image_name:sha256'])
    table.add([{ id: 1, localData: 'x' }])
    takeNews()
    await publish('x', ['image_name:web'])
    table.refresh()
    assert.deepEqual(takeNews(), [[1, 2]])
    assert.deepEqual(table.tagsOf(1), ['image_name:web'])
    await publish('x', [])
    table.refresh()
    assert.deepEqual(takeNews(), [[1, 0]])
  })

  test('keeps the tags of a container that is forgotten', async () => {
    const { table, tagger, publish, passMs, takeNews } = open()
    await publish('x', ['a:1'])
    table.add([{ id: 1, localData: 'x' }])
    takeNews()
    tagger.retire('x')
    passMs(5 * 60_000)
    await publish('y', [])
    assert.equal(tagger.tagsOf('x', 'low'), undefined)
    table.refresh()
    assert.deepEqual(takeNews(), [])
    assert.deepEqual(table.tagsOf(1), ['a:1'])
  })

  test('waits some seconds for a new origin, not for one that never becomes known', async () => {
    const { table, publish, passMs } = open()
    await publish('x', ['a:1'])
    table.add([
      { id: 1, localData: 'x' },
      { id: 2, localData: 'gone' },
    ])
    passMs(2999)
    table.refresh()
    assert.deepEqual(
      [1, 2, 0, 77].map((id) => table.isAwaited(id)),
      [false, true, false, false],
    )
    assert.equal(table.hasAwaited, true)
    passMs(1)
    table.refresh()
    assert.equal(table.isAwaited(2), false)
    assert.equal(table.hasAwaited, false)
  })

  test('does not give a number to other tags once it is forgotten', async () => {
    const { table, publish, takeNews } = open()
    await publish('x', ['a:1'])
    await publish('y', ['b:2'])
    table.add([{ id: 1, localData: 'x' }])
    takeNews()
    table.forget([1, 99])
    assert.deepEqual(table.tagsOf(1), [])
    table.add([{ id: 1, localData: 'y' }])
    table.add([{ id: 2, localData: 'x' }])
    assert.deepEqual(takeNews(), [
      [1, 2],
      [2, 3],
    ])
  })

  test('has nothing more to tell of an origin that is forgotten', async () => {
    const { table, publish, takeNews } = open()
    await publish('x', ['a:1'])
    table.add([{ id: 1, localData: 'x' }])
    table.forget([1])
    assert.deepEqual(takeNews(), [])
  })

  test('listens to the tagger no longer once it is closed', async () => {
    const { table, publish, takeNews } = open()
    table.add([{ id: 1, localData: 'x' }])
    table.close()
    takeNews()
    await publish('x', ['a:1'])
    table.refresh()
    assert.deepEqual(takeNews(), [])
  })
})
