import { currentPalette } from '../../../charts/palette.ts'
import { scaleColours } from './colour-scale.ts'

/** The colours and fonts of the map's canvases, in the present scheme. */
export interface MapTheme {
  readonly fills: readonly string[]
  readonly inks: readonly string[]
  readonly ground: string
  readonly panel: string
  readonly line: string
  readonly ink: string
  readonly faint: string
  readonly states: { readonly warning: string; readonly critical: string }
  readonly font: string
}

/** Reads them from the style sheet. */
export function readTheme(): MapTheme {
  const style = getComputedStyle(document.documentElement)
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches
  const { states, axis, panel, grid } = currentPalette()
  return {
    ...scaleColours(isDark ? 'dark' : 'light'),
    ground: style.getPropertyValue('--ground').trim(),
    panel,
    line: grid,
    ink: style.getPropertyValue('--ink').trim(),
    faint: axis,
    states,
    font: getComputedStyle(document.body).fontFamily,
  }
}
