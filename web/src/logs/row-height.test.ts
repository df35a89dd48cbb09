import { describe, expect, test } from 'vitest'

import { sampleLine } from '../testing/log-samples.ts'
import { foldMessage } from './fold-message.ts'
import { countTextLines, createRowHeights, isHeightCertain } from './row-height.ts'

describe('countTextLines()', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['', 1],
    ['0123456789', 1],
    ['0123456789a', 2],
    ['a\nb\n', 3],
    ['\u001b[31m0123456789\u001b[0m', 1],
    ['\t\t12', 1],
    ['\t\t123', 2],
    ['日本語の六', 1],
    ['日本語の六字', 2],
  ]
  test.each(cases)('of %j in ten columns', (message, lines) => {
    expect(countTextLines(message, 10)).toBe(lines)
  })
})

describe('createRowHeights()', () => {
  test('breaks lines only where it is asked to', () => {
    const row = sampleLine(1, { message: 'x'.repeat(25) })
    const metrics = { columns: 10, extraPx: 4 }
    expect(createRowHeights(true, metrics)(row)).toBe(3 * 18 + 4)
    expect(createRowHeights(false, metrics)(row)).toBe(18 + 4)
  })

  test('counts what stands behind the message', () => {
    const row = sampleLine(1, { message: 'done', attributes: { job: '17', user: 'x'.repeat(9) } })
    const metrics = { columns: 10, extraPx: 4 }
    expect(createRowHeights(true, metrics)(row)).toBe(3 * 18 + 4)
    expect(createRowHeights(false, metrics)(row)).toBe(18 + 4)
  })

  test('is certain of plain letters only', () => {
    expect(isHeightCertain(sampleLine(1, { message: 'café ±5' }))).toBe(true)
    expect(isHeightCertain(sampleLine(1, { message: '✔ done' }))).toBe(false)
    expect(isHeightCertain(sampleLine(1, { message: 'x'.repeat(5000) }))).toBe(false)
    expect(isHeightCertain(sampleLine(1, { attributes: { b: '✔' } }))).toBe(false)
    expect(isHeightCertain(sampleLine(1, { attributes: { b: 'x'.repeat(5000) } }))).toBe(true)
  })
})

describe('foldMessage()', () => {
  test('shows a message of usual length whole', () => {
    expect(foldMessage('x'.repeat(1300))).toEqual({ text: 'x'.repeat(1300), hiddenLength: 0 })
    expect(foldMessage(`${'a\n'.repeat(11)}a`).hiddenLength).toBe(0)
  })

  test('cuts one that is long or high, and says by how much', () => {
    expect(foldMessage('x'.repeat(5000))).toEqual({ text: 'x'.repeat(1200), hiddenLength: 3800 })
    expect(foldMessage('a\n'.repeat(20))).toEqual({
      text: 'a\n'.repeat(12).slice(0, -1),
      hiddenLength: 17,
    })
  })

  test('leaves no half of a character', () => {
    const { text, hiddenLength } = foldMessage(`x${'😀'.repeat(2000)}`)
    expect(text.isWellFormed()).toBe(true)
    expect(text.length + hiddenLength).toBe(4001)
  })
})
