import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Faults } from './faults.ts'

function open(): { readonly faults: Faults; readonly logged: string[] } {
  const logged: string[] = []
  const take = (...texts: readonly unknown[]): void => {
    logged.push(texts.join(' '))
  }
  return { faults: new Faults({ warn: take, info: take }), logged }
}

describe('Faults', () => {
  test('logs a fault once, and once more when it comes back', () => {
    const { faults, logged } = open()
    faults.set('a', 'no disk')
    faults.set('a', 'no disk')
    assert.deepEqual(logged, ['no disk'])
    faults.clear('a')
    assert.deepEqual(faults.list(), [])
    faults.set('a', 'no disk')
    assert.equal(logged.length, 2)
  })

  test('replaces the fault of a subject, and lists what is the same of many once', () => {
    const { faults } = open()
    faults.set('a', 'one')
    faults.set('b', 'one')
    faults.set('a', 'two')
    assert.deepEqual(faults.list(), ['two', 'one'])
  })

  test('clears a subject with its parts, and no other whose name begins the same', () => {
    const { faults } = open()
    for (const subject of ['a', 'a label', 'ab']) faults.set(subject, subject)
    faults.clearAll('a')
    assert.deepEqual(faults.list(), ['ab'])
  })
})
