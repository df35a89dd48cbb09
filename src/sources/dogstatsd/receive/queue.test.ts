import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { byteQueue, packetQueue } from './queue.ts'

describe('byteQueue()', () => {
  test('counts what the kernel needs for a packet', () => {
    const queue = byteQueue(1_000_000)
    assert.equal(queue.fillOf(0, 0), 0)
    assert.equal(queue.fillOf(100, 100 * 68), (100 * 768) / 1_000_000)
    assert.equal(queue.fillOf(100, 100 * 1432), (100 * 2304) / 1_000_000)
    assert.equal(queue.fillOf(9999, 9999 * 1432), 1)
  })

  test('allows longer pauses the larger it is', () => {
    assert.deepEqual(
      [100_000, 425_984, 33_554_432].map((bytes) => byteQueue(bytes).longestNapMs),
      [0, 1, 20],
    )
  })
})

describe('packetQueue()', () => {
  test("allows no pause with the kernel's default of ten packets", () => {
    assert.deepEqual(
      [10, 256, 512].map((packets) => packetQueue(packets).longestNapMs),
      [0, 0, 1],
    )
    assert.equal(packetQueue(256).fillOf(64, 64 * 100), 0.25)
  })
})
