import { fitText, takeCells, textWidth } from './text/text-width.ts'

/** What a piece of text means; the palette knows how that looks. */
export type Style = 'plain' | 'dim' | 'strong' | 'title' | 'good' | 'warn' | 'bad' | 'series'

/** A piece of a line; its text has no control characters. */
export interface Span {
  readonly text: string
  readonly style?: Style
}

/** One line of a screen. */
export interface Line {
  readonly spans: readonly Span[]
  /** Drawn with its colours turned round, over the whole width. */
  readonly isChosen?: boolean
}

/** How much room there is, in cells. */
export interface Size {
  readonly columns: number
  readonly rows: number
}

/** A line of one piece. */
export function textLine(text: string, style: Style = 'plain'): Line {
  return { spans: [{ text, style }] }
}

/** The same line in exactly `width` cells. */
export function fitLine(line: Line, width: number, ellipsis: string): Line {
  const spans: Span[] = []
  let room = width
  for (const span of line.spans) {
    const cells = textWidth(span.text)
    if (cells <= room) {
      spans.push(span)
      room -= cells
      continue
    }
    if (room > 0) spans.push({ ...span, text: fitText(span.text, room, ellipsis) })
    return { ...line, spans }
  }
  return { ...line, spans: [...spans, { text: ' '.repeat(room) }] }
}

/** What goes to the left and to the right of a line of `width` cells; the right gives way. */
export function spreadLine(left: Line, right: Line, width: number): Line {
  const room = width - lineWidth(left) - lineWidth(right)
  if (room < 1) return left
  return { ...left, spans: [...left.spans, { text: ' '.repeat(room) }, ...right.spans] }
}

/** The text of a line without its styles and without the space at its end. */
export function lineText({ spans }: Line): string {
  return spans
    .map(({ text }) => text)
    .join('')
    .trimEnd()
}

/** A long text in lines of `width` cells. */
export function foldText(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let rest = text
  do {
    const taken = takeCells(rest, width)
    // A sign that is wider than the line would be taken never.
    if (taken.head === '') break
    lines.push(taken.head)
    rest = taken.rest
  } while (rest !== '')
  return lines.length === 0 ? [''] : lines
}

function lineWidth({ spans }: Line): number {
  return spans.reduce((sum, { text }) => sum + textWidth(text), 0)
}
