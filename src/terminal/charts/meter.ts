import type { Glyphs } from '../glyphs.ts'
import type { Span, Style } from '../line.ts'

/** A share of something as a bar of `width` cells; `undefined` is an empty one. Above 80 % it warns, above 95 % more so. */
export function drawMeter(
  share: number | undefined,
  width: number,
  glyphs: Glyphs,
): readonly Span[] {
  const filled = Math.round(Math.min(1, Math.max(0, share ?? 0)) * width)
  return [
    { text: glyphs.full.repeat(filled), style: meterStyle(share) },
    { text: glyphs.empty.repeat(width - filled), style: 'dim' },
  ]
}

/** How urgent a share of a limit is. */
export function meterStyle(share: number | undefined): Style {
  if (share === undefined || share < 0.8) return 'series'
  return share < 0.95 ? 'warn' : 'bad'
}
