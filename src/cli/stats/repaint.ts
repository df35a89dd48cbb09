import type { Size } from '../../terminal/line.ts'
import { takeCells } from '../../terminal/text/text-width.ts'

// All at once, from the top, each line emptied behind its text, the rest of the screen emptied.
const begin = '\u001B[?2026h\u001B[H'
const end = '\u001B[J\u001B[?2026l'

/** What puts a text in the place of the one before it, so far as there is room, with a sentence below; leaves the cursor after it. */
export function repaint(text: string, sentence: string, { columns, rows }: Size): string {
  const lines = text.trimEnd().split('\n')
  const room = Math.max(1, rows - (sentence === '' ? 1 : 2))
  const shown = [...lines.slice(0, room), ...(sentence === '' ? [] : [sentence])]
  const drawn = shown.map((line) => `\u001B[K${takeCells(line, columns).head}\n`)
  return begin + drawn.join('') + end
}
