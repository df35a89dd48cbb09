import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AliasTable, refused, unknown, unwanted } from './alias-table.ts'
import { recordAt, recordInts } from './scan-record.ts'

const keys = new Int32Array(1 << 16)

/** A record of a key of the numbers; its hash is that of `hash`, so that keys can be made to meet. */
function recordOf(numbers: readonly number[], hash: number): Int32Array {
  keys.set(numbers, 100)
  const record = new Int32Array(recordInts)
  record[recordAt.hash] = hash
  record[recordAt.key] = 100
  record[recordAt.words] = numbers.length
  return record
}

class Aliases {
  readonly table: AliasTable

  constructor(maxContexts: number) {
    this.table = new AliasTable(maxContexts)
  }

  add(numbers: readonly number[], context: number, hash = numbers[0] ?? 0): void {
    this.table.add(recordOf(numbers, hash), 0, { keys, context })
  }

  find(numbers: readonly number[], hash = numbers[0] ?? 0): number {
    return this.table.find(recordOf(numbers, hash), 0, keys)
  }

  forget(contexts: readonly number[]): void {
    const isMarked = new Uint8Array(100_000)
    for (const context of contexts) isMarked[context] = 1
    this.table.sweep(isMarked, 0, this.table.slotCount)
  }
}

describe('AliasTable', () => {
  test('tells keys with the same hash apart by their words and their length', () => {
    const aliases = new Aliases(100)
    aliases.add([1, 2, 3], 7, 5)
    aliases.add([1, 2, 4], 8, 5)
    assert.equal(aliases.find([1, 2, 3], 5), 7)
    assert.equal(aliases.find([1, 2, 4], 5), 8)
    assert.equal(aliases.find([1, 2], 5), unknown)
    assert.equal(aliases.find([1, 2, 3], 6), unknown)
  })

  test('remembers what is not wanted', () => {
    const aliases = new Aliases(100)
    aliases.add([1], unwanted)
    assert.equal(aliases.find([1]), unwanted)
  })

  test('remembers what was refused, until there is room again', () => {
    const aliases = new Aliases(100)
    aliases.add([1], refused - 3)
    aliases.add([2], unwanted)
    aliases.add([3], 0)
    assert.equal(aliases.find([1]), refused - 3)
    aliases.table.forgetRefused()
    assert.deepEqual(
      [aliases.find([1]), aliases.find([2]), aliases.find([3])],
      [unknown, unwanted, 0],
    )
    assert.equal(aliases.table.size, 2)
  })

  test('forgets no context for what is refused', () => {
    const aliases = new Aliases(10)
    aliases.add([1], 0)
    for (let number = 2; number < 5000; number += 1) aliases.add([number], refused)
    assert.equal(aliases.find([1]), 0)
    assert.equal(aliases.find([2]), refused)
    assert.equal(aliases.find([4999]), unknown)
  })

  test('has one context under many keys, and loses all of them with it', () => {
    const aliases = new Aliases(100)
    aliases.add([1], 0, 5)
    aliases.add([2], 0, 5)
    aliases.add([3], 1, 5)
    aliases.add([4], unwanted, 5)
    aliases.forget([0])
    const found = [[1], [2], [3], [4]].map((key) => aliases.find(key, 5))
    assert.deepEqual(found, [unknown, unknown, 1, unwanted])
    assert.equal(aliases.table.size, 2)
  })

  test('keeps all keys while it grows, and while it shrinks', () => {
    const aliases = new Aliases(50_000)
    for (let number = 1; number <= 30_000; number += 1) aliases.add([number, number * 3], number)
    for (let number = 1; number <= 30_000; number += 1)
      assert.equal(aliases.find([number, number * 3]), number)
    const slots = aliases.table.slotCount
    aliases.forget(Array.from({ length: 29_000 }, (_, at) => at + 1))
    aliases.table.settle()
    assert.ok(aliases.table.slotCount < slots)
    for (let number = 1; number <= 30_000; number += 1)
      assert.equal(aliases.find([number, number * 3]), number > 29_000 ? number : unknown)
  })

  test('says when keys got other slots', () => {
    const aliases = new Aliases(50_000)
    const before = aliases.table.rebuilds
    for (let number = 1; number <= 5000; number += 1) aliases.add([number], number)
    assert.ok(aliases.table.rebuilds > before)
  })

  test('forgets everything when it is full, once in an interval', () => {
    const aliases = new Aliases(10)
    const limit = 10 * 2 + 1024
    for (let number = 1; number <= limit; number += 1) aliases.add([number], 1)
    assert.equal(aliases.find([1]), 1)
    aliases.add([limit + 1], 1)
    assert.equal(aliases.find([1]), unknown)
    assert.equal(aliases.find([limit + 1]), 1)
    for (let number = 1; number <= limit; number += 1) aliases.add([number], 1)
    assert.equal(aliases.table.size, limit)
    assert.equal(aliases.find([limit]), unknown)
    aliases.table.settle()
    aliases.add([limit], 1)
    assert.equal(aliases.find([limit]), 1)
  })

  test('takes the words of removed keys for room', () => {
    const aliases = new Aliases(1)
    const words = Array.from({ length: 20_000 }, (_, at) => at)
    aliases.add([7], 0)
    for (let number = 100; number < 300; number += 1) {
      aliases.add([number, ...words], 1)
      aliases.forget([1])
    }
    assert.equal(aliases.find([7]), 0)
  })

  test('bounds its memory when keys are long', () => {
    const aliases = new Aliases(1)
    const words = Array.from({ length: 20_000 }, (_, at) => at)
    for (let number = 1; number <= 100; number += 1) aliases.add([number, ...words], 0)
    assert.ok(aliases.table.size < 60)
  })
})
