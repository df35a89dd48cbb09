import { describe, expect, test } from 'vitest'

import type { TerminalStyle } from './terminal-style.ts'
import { isPlainText, plainText, readTerminalText } from './terminal-text.ts'

const esc = '\u001b'

/** Text and style of each piece, control characters as `<…>`. */
function piecesOf(message: string): readonly (readonly [string, TerminalStyle])[] {
  return readTerminalText(message).map(({ text, style, isControl }) => [
    isControl ? `<${text}>` : text,
    style,
  ])
}

describe('readTerminalText()', () => {
  const styles: readonly (readonly [claim: string, sequence: string, style: TerminalStyle])[] = [
    ['eight colours', '31', { colour: 1 }],
    ['their backgrounds', '44', { background: 4 }],
    ['bright colours', '97', { colour: 15 }],
    ['bright backgrounds', '100', { background: 8 }],
    ['several codes at once', '1;4;32', { isBold: true, isUnderlined: true, colour: 2 }],
    ['a colour of the 16 by its number', '38;5;9', { colour: 9 }],
    ['a colour of the cube', '38;5;208', { colour: 'rgb(255 135 0)' }],
    ['a grey', '48;5;232', { background: 'rgb(8 8 8)' }],
    ['any colour', '38;2;1;2;3', { colour: 'rgb(1 2 3)' }],
    ['any colour with colons and a colour space', '38:2::1:2:3', { colour: 'rgb(1 2 3)' }],
    ['what follows a colour', '38;5;1;3', { colour: 1, isItalic: true }],
    ['inverse, faint and struck', '7;2;9', { isInverse: true, isFaint: true, isStruck: true }],
    ['no colour that is out of range', '38;5;256', {}],
    ['nothing of a code it does not know', '73', {}],
    ['reset by nothing', `31m${esc}[`, {}],
    ['reset by zero', `31m${esc}[0`, {}],
    ['the default colour', `31;42m${esc}[39`, { background: 2 }],
    ['the default background', `31;42m${esc}[49`, { colour: 1 }],
    ['neither bold nor faint', `1;2m${esc}[22`, { isBold: false, isFaint: false }],
  ]
  test.each(styles)('knows %s', (_claim, sequence, style) => {
    expect(piecesOf(`${esc}[${sequence}mtext`)).toEqual([['text', style]])
  })

  test('keeps a style until it is changed, and the text before it plain', () => {
    expect(piecesOf(`a${esc}[31mb${esc}[1mc${esc}[0md`)).toEqual([
      ['a', {}],
      ['b', { colour: 1 }],
      ['c', { colour: 1, isBold: true }],
      ['d', {}],
    ])
  })

  test('leaves nothing of sequences that move, erase, or name links and windows', () => {
    const message = `${esc}[2Ka${esc}[1;1H${esc}]0;title\u0007b${esc}]8;;http://x${esc}\\c\u009b3D`
    expect(plainText(message)).toBe('abc')
    expect(piecesOf(message).map(([text]) => text)).toEqual(['a', 'b', 'c'])
  })

  test('shows characters that cannot be seen, also those that would turn the text round', () => {
    expect(piecesOf('a\u0000\u0007\u007f\u202eb').map(([text]) => text)).toEqual([
      'a',
      '<␀>',
      '<␇>',
      '<␡>',
      '<⟨U+202E⟩>',
      'b',
    ])
    expect(plainText(`half a sequence ${esc}[3`)).toBe('half a sequence ␛[3')
  })

  test('keeps tabs and lines, and drops the carriage return of a line end only', () => {
    expect(plainText('a\tb\nc\r')).toBe('a\tb\nc')
    expect(plainText('10 %\r20 %')).toBe('10 %␍20 %')
  })

  test('says the same of the same message each time', () => {
    const message = `${esc}[31mred`
    expect([isPlainText(message), isPlainText(message)]).toEqual([false, false])
    expect(piecesOf(message)).toEqual(piecesOf(message))
    expect(isPlainText('日本 <b>tab\t</b>')).toBe(true)
  })
})
