import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeDistribution, makeSketch } from '../../../test/agent/sketches.ts'
import type { Sketch } from '../../model/sketch.ts'
import { encodeSketches, maxPayloadBytes } from './encode-sketches.ts'

function encodeOne(...sketches: readonly Sketch[]): Buffer {
  const payloads = [...encodeSketches(sketches)]
  assert.equal(payloads.length, 1)
  assert.equal(payloads[0]?.count, sketches.length)
  return payloads[0]?.body ?? Buffer.alloc(0)
}

describe('encodeSketches()', () => {
  test('writes these very bytes', () => {
    const series = makeDistribution({ metric: 'm', host: 'h', tags: ['t'] })
    const sketch = makeSketch([-1, 0, 1, 1], { series, timeMs: 2999 })
    const pieces = [
      ['0a3f', 'a sketch of 63 bytes'],
      ['0a016d', 'metric "m"'],
      ['120168', 'host "h"'],
      ['220174', 'tag "t"'],
      ['3a34', 'values'],
      ['0802', 'at second 2'],
      ['1004', 'four of them'],
      ['19000000000000f0bf', 'the least is -1'],
      ['21000000000000f03f', 'the greatest is 1'],
      ['29000000000000d03f', 'the average is 0.25'],
      ['31000000000000f03f', 'the sum is 1'],
      ['3a05f31400f414', 'keys -1338, 0, 1338'],
      ['4203010102', 'counts 1, 1, 2'],
    ]
    assert.equal(encodeOne(sketch).toString('hex'), pieces.map(([hex]) => hex).join(''))
  })

  test('gives the same bytes for a series it knows as for a new one', () => {
    const series = makeDistribution({ tags: ['a:1', 'größe:€'] })
    const first = encodeOne(makeSketch([1, 2], { series }))
    assert.deepEqual(encodeOne(makeSketch([1, 2], { series })), first)
    assert.deepEqual(encodeOne(makeSketch([1, 2], { series: { ...series } })), first)
  })

  test('takes bins from typed arrays as from lists', () => {
    const sketch = makeSketch([1, 2, 3])
    const typed = {
      ...sketch,
      keys: Int16Array.from(sketch.keys),
      counts: Uint32Array.from(sketch.counts),
    }
    assert.deepEqual(encodeOne(typed), encodeOne(sketch))
  })

  test('begins a new payload before one grows far beyond 4 MiB', () => {
    const series = makeDistribution({ tags: ['x'.repeat(100_000)] })
    const sketches = Array.from({ length: 100 }, (_one, at) => makeSketch([at], { series }))
    const payloads = [...encodeSketches(sketches)]
    assert.ok(payloads.length >= 2)
    assert.equal(
      payloads.reduce((sum, { count }) => sum + count, 0),
      100,
    )
    for (const { body } of payloads) assert.ok(body.length <= maxPayloadBytes + 110_000)
  })

  test('makes no payload of no sketches', () => assert.deepEqual([...encodeSketches([])], []))
})
