/** How values become one of a few colours that grow stronger, from 0 to `top`. */
export interface ColourScale {
  readonly top: number
  /** Whether small values get more of the colours: where a few use most, the others would all look alike. */
  readonly isBent: boolean
}

/** How many colours there are. */
export const stepCount = 12

/** Which of the colours a value has, from 0. */
export function stepOf({ top, isBent }: ColourScale, value: number): number {
  const share = Math.min(1, Math.max(0, value / top)) || 0
  const place = isBent ? Math.sqrt(share) : share
  return Math.min(stepCount - 1, Math.floor(place * stepCount))
}

/** The value that stands at a place of the scale, 0 to 1. */
export function valueAt({ top, isBent }: ColourScale, place: number): number {
  return top * (isBent ? place ** 2 : place)
}

/**
 * The end of a scale that follows its values: the next round number (a power of two where they are bytes). It grows with
 * them, and shrinks only when they are far below it, so that the colours do not change all the time.
 */
export function openTop(
  highest: number,
  { isBytes, now }: { readonly isBytes: boolean; readonly now: number | undefined },
): number {
  const wanted = isBytes ? 2 ** Math.ceil(Math.log2(Math.max(highest, 1024))) : roundUp(highest)
  return now !== undefined && wanted <= now && wanted > now / 4 ? now : wanted
}

/** 1, 2 or 5 and zeros; at least 10. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 10)))
  return [1, 2, 5, 10].map((digit) => digit * power).find((round) => round >= value) ?? 10 * power
}

/** One hue from the ground of the page to its opposite: told apart by lightness alone, so that everybody can. */
const stops = {
  light: ['#e4ecf5', '#a9c9e6', '#4f8fc4', '#1b5288', '#0a2440'],
  dark: ['#1c2733', '#234f75', '#3d83b8', '#8cc4ee', '#eaf6ff'],
}

/** The colours of a scheme, weakest first, and what can be read on each. */
export function scaleColours(scheme: 'light' | 'dark'): {
  readonly fills: readonly string[]
  readonly inks: readonly string[]
} {
  const colours = Array.from({ length: stepCount }, (_, step) =>
    mix(stops[scheme], step / (stepCount - 1)),
  )
  return {
    fills: colours.map(([red, green, blue]) => `rgb(${red} ${green} ${blue})`),
    inks: colours.map((colour) => (luminance(colour) > 0.2 ? '#0b1015' : '#ffffff')),
  }
}

type Colour = readonly [number, number, number]

function mix(hexes: readonly string[], place: number): Colour {
  const at = place * (hexes.length - 1)
  const below = Math.min(hexes.length - 2, Math.floor(at))
  const [from, to] = [parseHex(hexes[below] ?? ''), parseHex(hexes[below + 1] ?? '')]
  const part = (index: 0 | 1 | 2): number =>
    Math.round(from[index] + (to[index] - from[index]) * (at - below))
  return [part(0), part(1), part(2)]
}

function parseHex(hex: string): Colour {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)
  return [part(1), part(3), part(5)]
}

/** @see WCAG 2.2, "relative luminance" */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
