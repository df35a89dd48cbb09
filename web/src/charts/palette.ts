/** Colours of canvases, as the style sheet has them for the present scheme. */
export interface Palette {
  readonly grid: string
  readonly axis: string
  readonly limit: string
  readonly series: readonly string[]
}

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
    limit: colour('--critical'),
    series: ['--series-1', '--series-2', '--series-3', '--series-4'].map(colour),
  }
}
