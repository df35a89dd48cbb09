import { textLine, type Line } from '../line.ts'
import { textWidth } from '../text/text-width.ts'

/** A key and what it does, and when it leaves a line that is too short: the highest first, 0 never. */
export type Hint = readonly [text: string, leaves?: number]

const gap = '  '

/** The foot of a screen: as many hints as `width` cells have room for. */
export function hintLine(hints: readonly Hint[], width: number): Line {
  let shown = hints
  while (textWidth(join(shown)) > width) {
    const last = Math.max(...shown.map(([, leaves = 0]) => leaves))
    if (last === 0) break
    shown = shown.filter(([, leaves = 0]) => leaves !== last)
  }
  return textLine(join(shown), 'dim')
}

function join(hints: readonly Hint[]): string {
  return hints.map(([text]) => text).join(gap)
}
