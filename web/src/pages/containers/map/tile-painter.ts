import type { ContainerRow } from '../../../../../src/api/contract/containers.ts'
import { isRunning, staleForMs } from '../../../data/live-row.ts'
import { stateWord } from '../../../elements/container-state.ts'
import { stepOf, type ColourScale } from './colour-scale.ts'
import { drawBox, drawLabels, drawMark, fitText, hatch } from './draw-tile.ts'
import type { MapFigure } from './map-figures.ts'
import type { Box, Tile } from './map-layout.ts'
import type { MapTheme } from './map-theme.ts'

/** How the figures become colours. */
export interface Colouring {
  readonly figure: MapFigure
  readonly scale: ColourScale
}

/** Brings some tiles of a canvas up to date with the figures; whether others are still to be looked at. */
export type TilePainter = (nowMs: number) => boolean

/** A part of the map that has a canvas of its own. */
export interface Band {
  readonly canvas: HTMLCanvasElement
  readonly top: number
  readonly width: number
  readonly height: number
  readonly tiles: readonly Tile[]
  readonly boxes: readonly Box[]
}

/** Codes of tiles that have no colour of the scale. */
const unknown = -1
const off = -2
const undrawn = -3
/** What is looked at before the next frame may have its turn: about a millisecond of work. */
const tilesAtOnce = 1000
const named = { width: 48, height: 26 }
const figured = { width: 44, height: 34 }

interface Drawn {
  readonly tile: Tile
  code: number
  container: ContainerRow | undefined
  name: string
  text: string
}

/**
 * A painter of a part of the map: it draws all of it the first time, and then only the tiles whose colour, state or text
 * is another, so that a second of ten thousand containers costs some milliseconds.
 */
export function createTilePainter(
  band: Band,
  { figure, scale }: Colouring,
  theme: MapTheme,
): TilePainter {
  const context = prepare(band, theme)
  if (context === undefined) return () => false
  const hatched = hatch(context, theme)
  const drawn = band.tiles.map((tile): Drawn => ({
    tile,
    code: undrawn,
    container: undefined,
    name: '',
    text: '',
  }))
  for (const box of band.boxes) drawBox(context, box, theme)
  const pen = { context, hatched, theme }
  let at = 0
  return (nowMs) => {
    const end = Math.min(drawn.length, at + tilesAtOnce)
    for (; at < end; at += 1) {
      const each = drawn[at]
      if (each && bringUpToDate(each, { figure, scale }, nowMs)) draw(each, pen)
    }
    if (at < drawn.length) return true
    at = 0
    return false
  }
}

interface Pen {
  readonly context: CanvasRenderingContext2D
  readonly hatched: CanvasPattern | null
  readonly theme: MapTheme
}

function draw(drawn: Drawn, { context, hatched, theme }: Pen): void {
  const { tile, code } = drawn
  drawn.name = nameOf(tile, context)
  fill(context, tile, theme.fills[code] ?? theme.panel)
  if (code === unknown && hatched !== null) fill(context, tile, hatched)
  if (code < 0) outline(context, tile, theme.line)
  drawLabels(context, drawn, theme.inks[code] ?? (code === off ? theme.faint : theme.ink))
  const { tone } = stateWord(tile.row.container)
  if (tone === 'critical' || tone === 'warning') drawMark(context, tile, theme.states[tone])
}

/** Reads a tile's figure; whether what it looks like is another now. */
function bringUpToDate(drawn: Drawn, { figure, scale }: Colouring, nowMs: number): boolean {
  const { width, height, row } = drawn.tile
  const isOff = !isRunning(row.container)
  const value = isOff || staleForMs(row, nowMs) !== undefined ? undefined : figure.value(row)
  const code = value === undefined ? (isOff ? off : unknown) : stepOf(scale, value)
  const hasText = width >= figured.width && height >= figured.height
  const text = hasText && value !== undefined ? figure.text(value) : ''
  const { container } = row
  if (code === drawn.code && text === drawn.text && container === drawn.container) return false
  Object.assign(drawn, { code, text, container })
  return true
}

function fill(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: Tile,
  style: string | CanvasPattern,
): void {
  context.fillStyle = style
  context.fillRect(left, top, width, height)
}

/** What has no colour has an edge. */
function outline(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: Tile,
  colour: string,
): void {
  context.strokeStyle = colour
  context.lineWidth = 1
  context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1)
}

/** A canvas as fine as the screen, that is drawn on in the map's own pixels. */
function prepare(band: Band, theme: MapTheme): CanvasRenderingContext2D | undefined {
  const { canvas, top, width, height } = band
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) return undefined
  const ratio = devicePixelRatio
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  context.setTransform(ratio, 0, 0, ratio, 0, -top * ratio)
  context.fillStyle = theme.ground
  context.fillRect(0, top, width, height)
  context.textBaseline = 'alphabetic'
  context.font = `600 11px ${theme.font}`
  return context
}

function nameOf(tile: Tile, context: CanvasRenderingContext2D): string {
  if (tile.width < named.width || tile.height < named.height) return ''
  return fitText(context, tile.row.container.name, tile.width - 8)
}
