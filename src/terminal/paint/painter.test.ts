import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { textLine } from '../line.ts'
import { createPainter } from './painter.ts'
import { choosePalette } from './palette.ts'

const size = { columns: 10, rows: 3 }
const lines = ['one', 'two', 'three'].map((text) => textLine(text))

describe('createPainter()', () => {
  test('writes the whole screen first, then only what changed', () => {
    const painter = createPainter(choosePalette({}))
    assert.match(painter.paint(lines, size), /2J.*one.*two.*three/)
    assert.equal(painter.paint(lines, size), '')
    const changed = painter.paint([...lines.slice(0, 2), textLine('four')], size)
    assert.equal(changed, '\u001B[?2026h\u001B[3;1H\u001B[Kfour\u001B[?2026l')
  })

  test('writes everything again after another size, and after it was told to forget', () => {
    const painter = createPainter(choosePalette({}))
    painter.paint(lines, size)
    assert.match(painter.paint(lines, { columns: 11, rows: 3 }), /one/)
    painter.forget()
    assert.match(painter.paint(lines, { columns: 11, rows: 3 }), /one/)
  })
})

describe('choosePalette()', () => {
  test('uses colours, and none with NO_COLOR', () => {
    assert.equal(choosePalette({})(textLine('x', 'good')), '\u001B[32mx\u001B[0m')
    assert.equal(choosePalette({ NO_COLOR: '1' })(textLine('x', 'good')), 'x')
  })
})
