import type { Line, Size } from '../line.ts'
import type { Palette } from './palette.ts'

/** Writes a screen to a terminal. */
export interface Painter {
  /** What has to be written so that the terminal shows these lines; empty when it does already. */
  readonly paint: (lines: readonly Line[], size: Size) => string
  /** The terminal shows something else by now: the next screen is written whole. */
  readonly forget: () => void
}

const begin = '\u001B[?2026h'
const end = '\u001B[?2026l'
const clear = '\u001B[H\u001B[2J'

/**
 * A painter that writes only lines that changed, all at once, so that nothing flickers.
 * @see https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036 for synchronised output
 */
export function createPainter(palette: Palette): Painter {
  let shown: string[] | undefined
  let shownSize: Size = { columns: 0, rows: 0 }
  return {
    paint(lines, size) {
      const isSame = shown && size.columns === shownSize.columns && size.rows === shownSize.rows
      const before = isSame ? (shown ?? []) : []
      const drawn = lines.slice(0, size.rows).map(palette)
      let text = isSame ? '' : clear
      for (let at = 0; at < Math.max(drawn.length, before.length); at += 1) {
        const line = drawn[at] ?? ''
        // A screen that was cleared has empty lines.
        if (line !== (before[at] ?? '')) text += `\u001B[${at + 1};1H\u001B[K${line}`
      }
      shown = drawn
      shownSize = size
      return text === '' ? '' : begin + text + end
    },
    forget() {
      shown = undefined
    },
  }
}
