import { countQuantity } from '../../../units/quantity.ts'
import { heads, type Box, type Place, type Tile } from './map-layout.ts'
import type { MapTheme } from './map-theme.ts'

const inset = 5

/** The frame of a group with its name and how many containers it has. */
export function drawBox(context: CanvasRenderingContext2D, box: Box, theme: MapTheme): void {
  const { left, top, width, height, depth, name, count } = box
  const { font } = context
  context.fillStyle = theme.panel
  context.fillRect(left, top, width, height)
  context.strokeStyle = theme.line
  context.lineWidth = 1
  context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1)
  const head = heads[depth] ?? 0
  if (height >= head * 2) {
    const number = ` ${countQuantity(count).number}`
    context.font = `${depth === 0 ? '600 12px' : '11px'} ${theme.font}`
    const room = width - 2 * inset - context.measureText(number).width
    const shown = fitText(context, name, room)
    const baseline = top + head - (depth === 0 ? 7 : 5)
    context.fillStyle = theme.ink
    context.fillText(shown, left + inset, baseline)
    if (shown !== '') {
      const at = left + inset + context.measureText(shown).width
      context.fillStyle = theme.faint
      context.fillText(number, at, baseline)
    }
  }
  context.font = font
}

/** Name and figure, as far as the tile has room for them. */
export function drawLabels(
  context: CanvasRenderingContext2D,
  { tile, name, text }: { readonly tile: Tile; readonly name: string; readonly text: string },
  ink: string,
): void {
  if (name === '' && text === '') return
  const { left, top, height } = tile
  const lines = [name, text].filter((line) => line !== '')
  const firstLine = top + (height - lines.length * 14) / 2 + 11
  context.fillStyle = ink
  lines.forEach((line, index) => context.fillText(line, left + inset - 1, firstLine + index * 14))
}

/** A frame, and in its corner a wedge, in the colour of a state that needs a look. */
export function drawMark(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: Place,
  colour: string,
): void {
  const line = Math.min(width, height) >= 16 ? 2 : 1.5
  context.strokeStyle = colour
  context.lineWidth = line
  context.strokeRect(left + line / 2, top + line / 2, width - line, height - line)
  const wedge = Math.min(10, Math.min(width, height) / 2)
  context.fillStyle = colour
  context.beginPath()
  context.moveTo(left + width - wedge, top)
  context.lineTo(left + width, top)
  context.lineTo(left + width, top + wedge)
  context.fill()
}

/** Strokes that say: no figure. */
export function hatch(context: CanvasRenderingContext2D, theme: MapTheme): CanvasPattern | null {
  const size = 6
  const cell = document.createElement('canvas')
  const ratio = devicePixelRatio
  cell.width = size * ratio
  cell.height = size * ratio
  const pen = cell.getContext('2d')
  if (pen === null) return null
  pen.scale(ratio, ratio)
  pen.fillStyle = theme.panel
  pen.fillRect(0, 0, size, size)
  pen.strokeStyle = theme.faint
  pen.globalAlpha = 0.4
  pen.lineWidth = 1.2
  pen.beginPath()
  for (const start of [-size, 0, size]) {
    pen.moveTo(start - 1, size + 1)
    pen.lineTo(start + size + 1, -1)
  }
  pen.stroke()
  const pattern = context.createPattern(cell, 'repeat')
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio))
  return pattern
}

/** The text, or as much of its beginning as there is room for; nothing where not even three letters fit. */
export function fitText(context: CanvasRenderingContext2D, text: string, room: number): string {
  const { width } = context.measureText(text)
  if (width <= room) return text
  const letters = Math.floor((text.length * room) / width) - 1
  return letters < 3 ? '' : `${text.slice(0, letters)}…`
}
