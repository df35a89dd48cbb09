import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ContextTable } from './context-table.ts'
import { identify } from './identity.ts'
import { Offenders } from './offenders.ts'

function tableWith(names: readonly string[]): ContextTable {
  const table = new ContextTable(100)
  for (const [at, name] of names.entries()) {
    const identity = { type: 'count', name, host: undefined, tags: [`n:${at}`] } as const
    table.make(identity, identify(identity), 0)
  }
  return table
}

describe('Offenders', () => {
  test('names those that found no room, by the contexts they have', () => {
    const offenders = new Offenders()
    offenders.add('few', 100)
    offenders.add('many', 2)
    offenders.add('many', 1)
    offenders.add('none', 5)
    assert.deepEqual(offenders.report(tableWith(['many', 'many', 'few', 'innocent', 'innocent'])), [
      { name: 'many', contexts: 2, dropped: 3 },
      { name: 'few', contexts: 1, dropped: 100 },
      { name: 'none', contexts: 0, dropped: 5 },
    ])
  })

  test('adds to the name that has the place', () => {
    const offenders = new Offenders()
    const place = offenders.add('a', 1)
    offenders.add('b', 1)
    offenders.addAt(place, 5)
    assert.deepEqual(offenders.report(tableWith([]))?.[0], { name: 'a', contexts: 0, dropped: 6 })
  })

  test('says once that all is well again', () => {
    const offenders = new Offenders()
    const table = tableWith([])
    assert.equal(offenders.report(table), undefined)
    offenders.add('a', 1)
    assert.equal(offenders.report(table)?.length, 1)
    assert.deepEqual(offenders.report(table), [])
    assert.equal(offenders.report(table), undefined)
  })

  test('keeps the worst of very many names', () => {
    const offenders = new Offenders()
    offenders.add('worst', 1000)
    for (let name = 0; name < 5000; name += 1) offenders.add(`name${name}`, 1)
    const report = offenders.report(tableWith([])) ?? []
    assert.deepEqual(report[0], { name: 'worst', contexts: 0, dropped: 1000 })
    assert.equal(report.length, 10)
  })
})
