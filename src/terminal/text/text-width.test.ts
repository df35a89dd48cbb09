import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fitText, textWidth } from './text-width.ts'

const widths: readonly (readonly [text: string, cells: number])[] = [
  ['abc', 3],
  ['日本', 4],
  ['ｗｅｂ', 6],
  ['e\u0301', 1],
  ['👩‍👩‍👧', 2],
  ['한글', 4],
  ['\u200B', 0],
  ['●…█', 3],
]

describe('textWidth()', () => {
  for (const [text, cells] of widths) {
    test(`of ${JSON.stringify(text)}`, () => assert.equal(textWidth(text), cells))
  }
})

describe('fitText()', () => {
  test('fills up, cuts, and never splits what takes two cells', () => {
    assert.equal(fitText('ab', 4, '…'), 'ab  ')
    assert.equal(fitText('abcdef', 4, '…'), 'abc…')
    assert.equal(fitText('日本語', 4, '…'), '日… ')
  })
})
