import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Context } from '../worker-messages.ts'
import { KnownContexts } from './known-contexts.ts'

function make(id: number, change: Partial<Context> = {}): Context {
  return { id, type: 'gauge', name: `m${id}`, tags: ['a:1'], originId: 0, ...change }
}

describe('KnownContexts', () => {
  test('gives contexts by their ids, in whatever order they came', () => {
    const contexts = new KnownContexts()
    contexts.add([make(5, { host: '' }), make(0, { tags: ['b:2'] })])
    contexts.add([make(2)])
    assert.equal(contexts.count, 3)
    assert.deepEqual(
      [0, 1, 2, 5, 6].map((id) => contexts.get(id)?.name),
      ['m0', undefined, 'm2', 'm5', undefined],
    )
    assert.deepEqual([contexts.get(0)?.tags, contexts.get(5)?.host], [['b:2'], ''])
  })

  test('forgets contexts, those that it does not have too', () => {
    const contexts = new KnownContexts()
    contexts.add(Array.from({ length: 10 }, (_, id) => make(id)))
    contexts.forget([1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 99])
    assert.equal(contexts.count, 1)
    assert.equal(contexts.get(9), undefined)
    assert.deepEqual(contexts.get(0)?.tags, ['a:1'])
    contexts.add([make(9, { name: 'new' })])
    assert.equal(contexts.get(9)?.name, 'new')
    contexts.clear()
    assert.equal(contexts.count, 0)
    assert.equal(contexts.get(0), undefined)
  })
})
