import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toColouredText, toPlainText } from './plain-text.ts'

const cases: readonly (readonly [text: string, plain: string, coloured: string])[] = [
  ['plain\ttext é', 'plain\ttext é', 'plain\ttext é'],
  ['\u001B[1;31mred\u001B[0m', 'red', '\u001B[1;31mred\u001B[0m\u001B[0m'],
  ['\u001B[2J\u001B[Hgone', 'gone', 'gone\u001B[0m'],
  ['\u001B]0;title\u0007a', 'a', 'a\u001B[0m'],
  ['\u001B]8;;http://x\u001B\\link', 'link', 'link\u001B[0m'],
  ['\u001B', '', '\u001B[0m'],
  ['bell\u0007 back\b cr\r c1\u009B', 'bell back cr c1', 'bell back cr c1'],
]

describe('toPlainText()', () => {
  for (const [text, plain] of cases) {
    test(`of ${JSON.stringify(text)}`, () => assert.equal(toPlainText(text), plain))
  }
})

describe('toColouredText()', () => {
  for (const [text, , coloured] of cases) {
    test(`of ${JSON.stringify(text)}`, () => assert.equal(toColouredText(text), coloured))
  }
})
