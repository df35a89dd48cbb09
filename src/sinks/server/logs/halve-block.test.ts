import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeBlock } from '../../../wire/logs/decode-block.ts'
import { encodeBlock } from '../../../wire/logs/encode-block.ts'
import { linesOf, makeBlock } from '../../../../test/agent/log-blocks.ts'
import { halveBlock } from './halve-block.ts'

describe('halveBlock()', () => {
  for (const texts of [
    ['a', ''],
    ['one', 'two', 'three'],
    ['one', 'two', 'three', 'é', '', 'six', 'seven'],
  ]) {
    test(`gives ${texts.length} lines as two blocks that hold them in their order`, () => {
      const block = makeBlock(texts)
      const halves = halveBlock(block).map((half) => decodeBlock(encodeBlock(half)))
      assert.deepEqual(halves.flatMap(linesOf), linesOf(block))
      const middle = Math.floor(texts.length / 2)
      assert.deepEqual(
        halves.map(({ lineCount }) => lineCount),
        [middle, texts.length - middle],
      )
    })
  }

  test('leaves a run out of the half that has none of its lines', () => {
    const [first, second] = halveBlock(makeBlock(['a', 'b', 'c', 'd'], { linesOfARun: 2 }))
    assert.deepEqual([first.runs.length, second.runs.length], [1, 1])
    assert.notEqual(first.runs[0]?.origin, second.runs[0]?.origin)
  })

  test('splits a run that is in both', () => {
    const [first, second] = halveBlock(makeBlock(['a', 'b', 'c', 'd'], { linesOfARun: 3 }))
    assert.deepEqual(
      [first, second].map(({ runs }) => runs.map(({ lineCount }) => lineCount)),
      [[2], [1, 1]],
    )
  })
})
