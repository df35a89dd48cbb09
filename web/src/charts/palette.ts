/** Colours of canvases, as the style sheet has them for the present scheme. */
export interface Palette {
  readonly grid: string
  readonly axis: string
  readonly panel: string
  readonly states: Readonly<Record<'ok' | 'warning' | 'critical', string>>
  readonly series: readonly string[]
}

const seriesNames = Array.from({ length: 8 }, (_, index) => `--series-${index + 1}`)
const dashNames = ['solid', 'dashed', 'dotted'] as const
const darkScheme = matchMedia('(prefers-color-scheme: dark)')
let palette: Palette | undefined

darkScheme.addEventListener('change', () => {
  palette = undefined
})

/** The palette of the scheme the reader's system asks for now. */
export function currentPalette(): Palette {
  palette ??= readPalette()
  return palette
}

/** The colour of the line at that place, for style sheets; after eight they begin again. */
export function seriesColour(place: number): string {
  return `var(${seriesNames[place % seriesNames.length]})`
}

/** Lines whose colours are used a second and a third time are told apart by their dashes. */
export function dashOf(place: number): 'solid' | 'dashed' | 'dotted' {
  return dashNames[Math.floor(place / seriesNames.length) % dashNames.length] ?? 'solid'
}

/** Calls back when the system changes between dark and light; what comes back ends that. */
export function onSchemeChange(listener: () => void): () => void {
  darkScheme.addEventListener('change', listener)
  return () => darkScheme.removeEventListener('change', listener)
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  return {
    grid: colour('--line'),
    axis: colour('--faint'),
    panel: colour('--panel'),
    states: {
      ok: colour('--ok'),
      warning: colour('--warning'),
      critical: colour('--critical'),
    },
    series: seriesNames.map(colour),
  }
}
