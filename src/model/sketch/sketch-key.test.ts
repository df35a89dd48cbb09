import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { infinityKey, keyValue, sketchKey } from './sketch-key.ts'

describe('sketchKey()', () => {
  for (const [value, key] of [
    [0, 0],
    [1, 1338],
    [-1, -1338],
    [1e-9, 1],
    [9.941854089121368e-10, 1],
    [9.94e-10, 0],
    [-1e-12, 0],
    [Number.MIN_VALUE, 0],
    [10, 1487],
    [1000, 1784],
    [4.16e211, 32_766],
    [4.18e211, infinityKey],
    [-Number.MAX_VALUE, -infinityKey],
    [Infinity, infinityKey],
  ] as const) {
    test(`puts ${value} into bin ${key}`, () => assert.equal(sketchKey(value), key))
  }

  test('gives the key of the value that a key stands for', () => {
    for (let key = -infinityKey; key <= infinityKey; key++) {
      assert.equal(sketchKey(keyValue(key)), key)
    }
  })
})

describe('keyValue()', () => {
  test('is at most 1/128 from every value of the bin', () => {
    for (let value = 1e-9; value < 1e200; value *= 1.0037) {
      const error = Math.abs(keyValue(sketchKey(value)) - value) / value
      assert.ok(error <= 1 / 128, `${value}: ${error}`)
    }
  })

  test('knows what is beyond', () => {
    assert.equal(keyValue(infinityKey), Infinity)
    assert.equal(keyValue(-infinityKey), -Infinity)
  })
})
