import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { IdentityTable, none, type Identity } from './identity-table.ts'

function identity(text: string, hash: number, headLength = 0): Identity {
  const bytes = Buffer.from(text)
  return { bytes, length: bytes.length, headLength, hash }
}

describe('IdentityTable', () => {
  test('finds each of many, over several pieces of memory', () => {
    const table = new IdentityTable<number>()
    const texts = Array.from({ length: 10_000 }, (_, n) => `${n}`.padEnd(300, 'x'))
    for (const [n, text] of texts.entries()) table.add(identity(text, n * 7919), n)
    for (const [n, text] of texts.entries())
      assert.equal(table.value(table.find(identity(text, n * 7919))), n)
    assert.equal(table.find(identity('y', 7919)), none)
  })

  test('tells identities of one hash apart, also those that differ in the last byte', () => {
    const table = new IdentityTable<string>()
    for (const text of ['aa', 'ab', 'aab']) table.add(identity(text, 5), text)
    for (const text of ['aa', 'ab', 'aab'])
      assert.equal(table.value(table.find(identity(text, 5))), text)
    assert.equal(table.find(identity('ac', 5)), none)
  })

  test('takes no more of one hash than chance would make', () => {
    const table = new IdentityTable<number>()
    const added = Array.from({ length: 100 }, (_, n) => table.add(identity(`${n}`, 1), n))
    assert.equal(added.filter((entry) => entry !== none).length, 16)
    assert.notEqual(table.add(identity('other', 2), 0), none)
  })

  test('counts what entries take beside their bytes', () => {
    const table = new IdentityTable<number>()
    table.add(identity('abc', 1), 1)
    assert.ok(table.bytes > 3 + 24)
  })

  test('compares a head and a tail each alone, and keeps the successor', () => {
    const table = new IdentityTable<number>()
    const entry = table.add(identity('head-tail', 1, 5), 1)
    const body = Buffer.from('..head-..tail')
    assert.equal(table.matchHead(entry, body, { start: 2, end: 13 }), 5)
    assert.equal(table.matchHead(entry, body, { start: 2, end: 6 }), 0)
    assert.equal(table.matchHead(entry, body, { start: 1, end: 13 }), 0)
    assert.equal(table.matchTail(entry, body, { start: 9, end: 13 }), true)
    assert.equal(table.matchTail(entry, body, { start: 8, end: 12 }), false)
    assert.equal(table.matchTail(entry, body, { start: 9, end: 12 }), false)
    assert.equal(table.successor(entry), none)
    table.follow(entry, 7)
    assert.equal(table.successor(entry), 7)
  })
})
