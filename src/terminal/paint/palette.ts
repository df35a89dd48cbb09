import type { Line, Style } from '../line.ts'

/** Turns a line into the text that a terminal draws it from. */
export type Palette = (line: Line) => string

/** Colours are the terminal's own sixteen, which its owner has made readable on its background, dark or light. */
const colours: Readonly<Record<Style, string>> = {
  plain: '',
  dim: '2',
  strong: '1',
  title: '1;4',
  good: '32',
  warn: '33',
  bad: '1;31',
  series: '36',
}
/** Without colours, what matters is bold. */
const plainStyles: Readonly<Record<Style, string>> = {
  ...colours,
  good: '',
  warn: '1',
  bad: '1',
  series: '',
}
const reset = '\u001B[0m'
const reversed = '7'

/**
 * A palette for the environment: attributes only where `NO_COLOR` is set.
 * @see https://no-color.org
 */
export function choosePalette(env: Readonly<Record<string, string | undefined>>): Palette {
  const styles = env['NO_COLOR'] ? plainStyles : colours
  return ({ spans, isChosen }) => {
    let drawn = ''
    for (const { text, style = 'plain' } of spans) {
      const codes = isChosen === true ? joinCodes(reversed, styles[style]) : styles[style]
      drawn += codes === '' ? text : `\u001B[${codes}m${text}${reset}`
    }
    return drawn
  }
}

function joinCodes(first: string, second: string): string {
  // What is dim and turned round cannot be read on many terminals.
  return second === '' || second === colours.dim ? first : `${first};${second}`
}
