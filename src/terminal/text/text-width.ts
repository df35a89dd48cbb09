const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
// oxlint-disable-next-line no-control-regex -- ASCII is what is asked for
const onlyAscii = /^[\x20-\x7E]*$/
const pictograph = /\p{Emoji_Presentation}|\uFE0F/u
const combining = /^[\p{Mn}\p{Me}\p{Cf}]+$/u

/**
 * First and last code points that take two cells: the ranges that are Wide or Fullwidth throughout.
 * @see https://www.unicode.org/reports/tr11/
 */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
]

/** How many cells of a terminal a text without control characters takes. */
export function textWidth(text: string): number {
  if (onlyAscii.test(text)) return text.length
  let width = 0
  for (const { segment } of segmenter.segment(text)) width += clusterWidth(segment)
  return width
}

/** The text in exactly `width` cells: filled up with spaces, or cut with `ellipsis` (one cell) as its last sign. */
export function fitText(text: string, width: number, ellipsis: string): string {
  const own = textWidth(text)
  if (own <= width) return text + ' '.repeat(width - own)
  if (width <= 0) return ''
  const { head, cells } = takeCells(text, width - 1)
  return head + ellipsis + ' '.repeat(width - 1 - cells)
}

/** As much of the start as fits, with the cells it takes and what is left. Takes one sign at least where there is room for a cell. */
export function takeCells(
  text: string,
  width: number,
): { readonly head: string; readonly cells: number; readonly rest: string } {
  if (onlyAscii.test(text)) {
    const head = text.slice(0, Math.max(0, width))
    return { head, cells: head.length, rest: text.slice(head.length) }
  }
  let cells = 0
  for (const { segment, index } of segmenter.segment(text)) {
    const next = cells + clusterWidth(segment)
    if (next > width) return { head: text.slice(0, index), cells, rest: text.slice(index) }
    cells = next
  }
  return { head: text, cells, rest: '' }
}

function clusterWidth(cluster: string): number {
  const code = cluster.codePointAt(0) ?? 0
  if (combining.test(cluster)) return 0
  if (pictograph.test(cluster)) return 2
  return wideRanges.some(([first, last]) => code >= first && code <= last) ? 2 : 1
}
