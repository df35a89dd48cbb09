import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ContextTable } from './context-table.ts'
import { identify, type ContextIdentity } from './identity.ts'

const requests: ContextIdentity = {
  type: 'count',
  name: 'requests',
  host: undefined,
  tags: ['env:prod'],
}

function make(table: ContextTable, identity: ContextIdentity, origin = 0): number {
  return table.make(identity, identify(identity), origin)
}

function find(table: ContextTable, identity: ContextIdentity, origin = 0): number {
  return table.find(identify(identity), origin)
}

describe('ContextTable', () => {
  test('finds a context by all that makes it one', () => {
    const table = new ContextTable(10)
    const context = make(table, requests, 3)
    const others: readonly [ContextIdentity, number][] = [
      [requests, 4],
      [{ ...requests, type: 'gauge' }, 3],
      [{ ...requests, name: 'request' }, 3],
      [{ ...requests, host: '' }, 3],
      [{ ...requests, tags: [] }, 3],
      [{ ...requests, name: 'requests","env:prod', tags: [] }, 3],
    ]
    assert.equal(find(table, { ...requests }, 3), context)
    for (const [identity, origin] of others) assert.equal(find(table, identity, origin), -1)
    assert.equal(table.typeOf(context), 'count')
  })

  test('gives a number anew once its context is removed', () => {
    const table = new ContextTable(2)
    const first = make(table, requests)
    make(table, requests, 1)
    assert.equal(make(table, requests, 2), -1)
    table.remove(first)
    assert.equal(find(table, requests), -1)
    assert.equal(make(table, requests, 2), first)
    assert.equal(find(table, requests, 2), first)
    assert.equal(table.size, 2)
  })

  test('keeps nothing of the context that had the number before', () => {
    const table = new ContextTable(1)
    table.startS = 50
    const context = make(table, requests)
    table.sampledS[context] = 40
    table.twins[context] = 0
    table.isDying[context] = 1
    table.remove(context)
    table.startS = 60
    make(table, { ...requests, type: 'set' })
    const columns = [table.sampledS, table.heardS, table.twins, table.isDying]
    assert.deepEqual(
      columns.map((column) => column[context]),
      [0, 60, -1, 0],
    )
    assert.equal(table.typeOf(context), 'set')
  })
})
