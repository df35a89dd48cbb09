import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { BurstMemory } from './burst-memory.ts'

/** Runs `steps` and tells how often memory was given back within a minute, and how. */
function countReturns(steps: (memory: BurstMemory) => void): {
  collected: number
  trimmed: number
} {
  mock.timers.enable({ apis: ['setTimeout'] })
  try {
    const counts = { collected: 0, trimmed: 0 }
    const memory = new BurstMemory({
      collect: () => {
        counts.collected += 1
      },
      trim: () => {
        counts.trimmed += 1
      },
    })
    steps(memory)
    mock.timers.tick(60_000)
    return counts
  } finally {
    mock.timers.reset()
  }
}

describe('BurstMemory', () => {
  test('collects once after a large interval', () => {
    const counts = countReturns((memory) => {
      for (let part = 0; part < 10; part += 1) memory.noteTold(5000)
      memory.noteInterval()
    })
    assert.deepEqual(counts, { collected: 1, trimmed: 0 })
  })

  test('leaves small intervals alone, however many', () => {
    const counts = countReturns((memory) => {
      for (let interval = 0; interval < 100; interval += 1) {
        memory.noteTold(1900)
        memory.noteInterval()
      }
      memory.noteEnd()
    })
    assert.deepEqual(counts, { collected: 0, trimmed: 0 })
  })

  test('collects when many contexts have been forgotten, a few at a time', () => {
    const counts = countReturns((memory) => {
      for (let part = 0; part < 39; part += 1) memory.noteForgotten(1000)
    })
    assert.deepEqual(counts, { collected: 1, trimmed: 0 })
  })

  test('collects again when the worker has ended after a large interval, and once', () => {
    const counts = countReturns((memory) => {
      memory.noteTold(50_000)
      memory.noteInterval()
      mock.timers.tick(2000)
      memory.noteEnd()
      mock.timers.tick(2000)
      memory.noteEnd()
    })
    assert.deepEqual(counts, { collected: 2, trimmed: 0 })
  })

  test('gives back what compilers have left when a worker has begun', () => {
    const counts = countReturns((memory) => memory.noteStart())
    assert.deepEqual(counts, { collected: 0, trimmed: 1 })
  })

  test('does nothing once it is closed', () => {
    const counts = countReturns((memory) => {
      memory.noteTold(50_000)
      memory.noteInterval()
      memory.close()
    })
    assert.deepEqual(counts, { collected: 0, trimmed: 0 })
  })
})
