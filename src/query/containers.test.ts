import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { sampleContainer } from '../../test/server/open-test-server.ts'
import { LiveTable } from '../store/live-table.ts'
import { findContainer, listContainers } from './containers.ts'

const nowMs = 1_790_000_000_000
const states = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const

let table = new LiveTable({ clock: () => nowMs })
beforeEach(() => {
  table = new LiveTable({ clock: () => nowMs })
  const containers = states.map((state, n) => sampleContainer(String(n), { name: state, state }))
  const inventory = { kind: 'inventory', timeMs: nowMs, isFull: true, removedIds: [] } as const
  table.applyInventory({ ...inventory, host: 'b', containers })
  table.applyInventory({
    ...inventory,
    host: 'a',
    containers: [sampleContainer('a'), sampleContainer('b')],
  })
  table.applyInventory({ ...inventory, host: 'a', containers: [sampleContainer('a')] })
})

describe('listContainers()', () => {
  test('lists for `running` what docker ps lists, by host and name', () => {
    const names = listContainers(table, 'running').map(
      ({ host, container }) => `${host}/${container.name}`,
    )
    assert.deepEqual(names, ['a/web-a', 'b/paused', 'b/restarting', 'b/running'])
  })

  test('lists all of them for `all`, with those just removed', () => {
    const all = listContainers(table, 'all')
    assert.equal(all.length, states.length + 2)
    assert.equal(all[1]?.container.state, 'removed')
  })
})

describe('findContainer()', () => {
  test('finds by id and by the start of an id', () => {
    const found = { kind: 'found', container: table.container('3'.repeat(64)) }
    assert.deepEqual(findContainer(table, '3'.repeat(64)), found)
    assert.deepEqual(findContainer(table, '3'.repeat(12)), found)
    assert.deepEqual(findContainer(table, 'f'.repeat(12)), { kind: 'unknown' })
  })

  test('says when several are meant', () => {
    const similar = ['1', '2'].map((digit) =>
      sampleContainer('c', { id: `${'c'.repeat(63)}${digit}` }),
    )
    table.applyInventory({
      kind: 'inventory',
      host: 'c',
      timeMs: nowMs,
      isFull: true,
      containers: similar,
      removedIds: [],
    })
    assert.deepEqual(findContainer(table, 'c'.repeat(12)), { kind: 'several', count: 2 })
    assert.equal(findContainer(table, similar[1]?.id ?? '').kind, 'found')
  })
})
