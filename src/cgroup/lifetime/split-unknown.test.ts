import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { splitUnknown } from './split-unknown.ts'

const ms = 1e6

describe('splitUnknown()', () => {
  test('gives all of it to one that ended alone', () => {
    const ends = [{ lastNanos: 40 * ms, atMostNanos: 100 * ms }]
    const sum = { low: 59.8 * ms, high: 60.2 * ms }
    assert.deepEqual(splitUnknown(sum, ends), [{ cpuNanos: 60.2 * ms, errorNanos: 0.4 * ms }])
  })

  test('says of two that ended together how far off each can be', () => {
    const ends = [
      { lastNanos: 10 * ms, atMostNanos: 100 * ms },
      { lastNanos: 500 * ms, atMostNanos: 100 * ms },
    ]
    assert.deepEqual(splitUnknown({ low: 530 * ms, high: 530 * ms }, ends), [
      { cpuNanos: 20 * ms, errorNanos: 10 * ms },
      { cpuNanos: 510 * ms, errorNanos: 10 * ms },
    ])
  })

  test('uses how much one can have had at most to know the other better', () => {
    const ends = [
      { lastNanos: 10 * ms, atMostNanos: 2 * ms },
      { lastNanos: 0, atMostNanos: 100 * ms },
    ]
    assert.deepEqual(splitUnknown({ low: 50 * ms, high: 50 * ms }, ends), [
      { cpuNanos: 12 * ms, errorNanos: 2 * ms },
      { cpuNanos: 40 * ms, errorNanos: 2 * ms },
    ])
  })

  test('never gives less than the last reading', () => {
    const ends = [{ lastNanos: 40 * ms, atMostNanos: 100 * ms }]
    assert.deepEqual(splitUnknown({ low: 39 * ms, high: 41 * ms }, ends), [
      { cpuNanos: 41 * ms, errorNanos: 1 * ms },
    ])
  })

  test('knows a sum that cannot be theirs', () => {
    const ends = [{ lastNanos: 40 * ms, atMostNanos: 100 * ms }]
    assert.equal(splitUnknown({ low: 10 * ms, high: 20 * ms }, ends), undefined)
    assert.equal(splitUnknown({ low: 141 * ms, high: 150 * ms }, ends), undefined)
  })

  test('holds the truth within its error, whatever the truth', () => {
    for (let seed = 1; seed < 500; seed += 1) {
      const random = createRandom(seed)
      const truth = Array.from({ length: 1 + (seed % 5) }, () => {
        const lastNanos = Math.round(random() * 1e9)
        const atMostNanos = Math.round(random() * 1e8)
        return { lastNanos, atMostNanos, nanos: lastNanos + random() * atMostNanos }
      })
      const all = truth.reduce((sum, { nanos }) => sum + nanos, 0)
      const sum = { low: all - random() * 1e6, high: all + random() * 1e6 }
      const estimates = splitUnknown(sum, truth)
      for (const [at, { nanos }] of truth.entries()) {
        const { cpuNanos = 0, errorNanos = 0 } = estimates?.[at] ?? {}
        assert.ok(Math.abs(cpuNanos - nanos) <= errorNanos + 1, `seed ${seed}: ${nanos}`)
      }
    }
  })
})

/** Numbers between 0 and 1, the same for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}
