import type { LogRow } from '../../../src/api/contract/logs.ts'
import { foldMessage } from './fold-message.ts'
import { attributesBehind } from './row-attributes.ts'
import { plainText } from './terminal-text.ts'
import { textLinePx, type LineMetrics } from './use-line-metrics.ts'

const tabWidth = 4
/**
 * From here on a character may take two columns, or come from another font: scripts of East Asia, signs, pictures. Fonts of one
 * width have the ellipsis, which rows put where they cut.
 */
const maybeWide = /[\u0300-\u2025\u2027-\uffff]/

/** The height of a closed row in pixels, worked out once for each row. */
export type RowHeights = (row: LogRow) => number

/** Heights for a list of that width, whose lines are broken or not. */
export function createRowHeights(isWrapped: boolean, metrics: LineMetrics): RowHeights {
  const { columns, extraPx } = metrics
  if (!isWrapped) return () => textLinePx + extraPx
  const known = new WeakMap<LogRow, number>()
  return (row) => {
    const before = known.get(row)
    if (before !== undefined) return before
    const text = plainText(foldMessage(row.message).text) + attributesBehind(row)
    const height = countTextLines(text, columns) * textLinePx + extraPx
    known.set(row, height)
    return height
  }
}

/** Whether the height of a row follows from the length of its text; others have to be measured. */
export function isHeightCertain(row: LogRow): boolean {
  if (maybeWide.test(row.message) || foldMessage(row.message).hiddenLength > 0) return false
  return !maybeWide.test(attributesBehind(row))
}

/**
 * How many lines a text takes in a column so wide, broken at any character. It is exact for what takes one column a
 * character; others count as two, which is at most too much.
 */
export function countTextLines(text: string, columns: number): number {
  let lines = 0
  for (const line of plainText(text).split('\n')) {
    lines += Math.max(1, Math.ceil(widthOf(line) / Math.max(1, columns)))
  }
  return lines
}

function widthOf(line: string): number {
  if (!line.includes('\t') && !maybeWide.test(line)) return line.length
  let width = 0
  for (const character of line) {
    if (character === '\t') width += tabWidth - (width % tabWidth)
    else width += maybeWide.test(character) ? 2 : 1
  }
  return width
}
