/** The signs that screens are drawn with. */
export interface Glyphs {
  readonly dot: string
  readonly hollowDot: string
  readonly ellipsis: string
  readonly up: string
  readonly down: string
  readonly full: string
  readonly empty: string
  readonly bar: string
  readonly separator: string
  /** A column of a chart filled to an eighth, two, … all eight; the first is empty. */
  readonly eighths: readonly string[]
}

/** For a terminal that shows UTF-8. */
export const unicodeGlyphs: Glyphs = {
  dot: '●',
  hollowDot: '○',
  ellipsis: '…',
  up: '▲',
  down: '▼',
  full: '█',
  empty: '░',
  bar: '│',
  separator: '·',
  eighths: [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
}

/** For any other. */
const asciiGlyphs: Glyphs = {
  dot: '*',
  hollowDot: 'o',
  ellipsis: '~',
  up: '^',
  down: 'v',
  full: '#',
  empty: '.',
  bar: '|',
  separator: '-',
  eighths: [' ', '.', '.', ':', ':', '|', '|', '#', '#'],
}

/** The signs that the locale of an environment can show. */
export function chooseGlyphs(env: Readonly<Record<string, string | undefined>>): Glyphs {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || ''
  return /utf-?8/i.test(locale) ? unicodeGlyphs : asciiGlyphs
}
