/** A colour of a terminal: a place in its palette of 16, or any colour as CSS writes it. */
export type TerminalColour = number | string

/** How a piece of text is to look. */
export interface TerminalStyle {
  readonly colour?: TerminalColour
  readonly background?: TerminalColour
  readonly isBold?: boolean
  readonly isFaint?: boolean
  readonly isItalic?: boolean
  readonly isUnderlined?: boolean
  readonly isInverse?: boolean
  readonly isStruck?: boolean
}

/** As a terminal writes that has been told nothing. */
export const plainStyle: TerminalStyle = {}

const changes: Readonly<Record<number, TerminalStyle>> = {
  1: { isBold: true },
  2: { isFaint: true },
  3: { isItalic: true },
  4: { isUnderlined: true },
  7: { isInverse: true },
  9: { isStruck: true },
  21: { isUnderlined: true },
  22: { isBold: false, isFaint: false },
  23: { isItalic: false },
  24: { isUnderlined: false },
  27: { isInverse: false },
  29: { isStruck: false },
}
/** The tens of codes that name a colour by their ones. */
const colourTens: Readonly<
  Record<number, { readonly part: 'colour' | 'background'; readonly first: number }>
> = {
  3: { part: 'colour', first: 0 },
  4: { part: 'background', first: 0 },
  9: { part: 'colour', first: 8 },
  10: { part: 'background', first: 8 },
}
/** Steps of red, green and blue in the colours 16 to 231. */
const cubeSteps = [0, 95, 135, 175, 215, 255]

/**
 * The style after a sequence `ESC [ … m`; what is unknown changes nothing.
 * @param parameters What stands between `[` and `m`.
 * @see ECMA-48, 8.3.117, "SGR"; ISO 8613-6 for colours beyond eight
 */
export function applySgr(style: TerminalStyle, parameters: string): TerminalStyle {
  const codes = parameters.split(';')
  let next = style
  for (let at = 0; at < codes.length; at += 1) {
    const [code = 0, ...parts] = (codes[at] ?? '').split(':').map(Number)
    if (code !== 38 && code !== 48) {
      next = applyCode(next, code)
      continue
    }
    // The parts of a colour follow with colons, or, as most programs write it, as codes of their own.
    const rest = parts.length > 0 ? parts : codes.slice(at + 1, at + 5).map(Number)
    const { colour, length } = readColour(rest, parts.length > 0)
    if (parts.length === 0) at += length
    if (colour !== undefined) next = { ...next, [code === 38 ? 'colour' : 'background']: colour }
  }
  return next
}

function applyCode(style: TerminalStyle, code: number): TerminalStyle {
  if (code === 0) return plainStyle
  const [tens, ones] = [Math.floor(code / 10), code % 10]
  const shift = ones < 8 ? colourTens[tens] : undefined
  if (shift) return { ...style, [shift.part]: shift.first + ones }
  if (code === 39) return without(style, 'colour')
  if (code === 49) return without(style, 'background')
  const change = changes[code]
  return change === undefined ? style : { ...style, ...change }
}

function without(style: TerminalStyle, part: 'colour' | 'background'): TerminalStyle {
  const { [part]: _gone, ...rest } = style
  return rest
}

/** The colour that `5;n` or `2;r;g;b` names, and how many codes it takes. */
function readColour(
  parts: readonly number[],
  hasColons: boolean,
): { readonly colour: TerminalColour | undefined; readonly length: number } {
  const [kind, ...numbers] = parts
  if (kind === 5) return { colour: paletteColour(numbers[0] ?? Number.NaN), length: 2 }
  if (kind !== 2) return { colour: undefined, length: 1 }
  // With colons a colour space may stand before the three parts.
  const rgb = hasColons ? numbers.slice(-3) : numbers.slice(0, 3)
  const isWhole = rgb.length === 3 && rgb.every(isByte)
  return { colour: isWhole ? `rgb(${rgb.join(' ')})` : undefined, length: 4 }
}

function paletteColour(index: number): TerminalColour | undefined {
  if (!isByte(index)) return undefined
  if (index < 16) return index
  if (index >= 232) return grey(8 + (index - 232) * 10)
  const cube = index - 16
  const part = (place: number): number => cubeSteps[Math.floor(cube / place) % 6] ?? 0
  return `rgb(${part(36)} ${part(6)} ${part(1)})`
}

function grey(level: number): string {
  return `rgb(${level} ${level} ${level})`
}

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255
}
