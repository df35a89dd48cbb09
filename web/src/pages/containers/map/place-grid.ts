import type { LiveRow } from '../../../data/live-row.ts'
import type { Branch } from './group-tree.ts'
import { heads, pads, type Box, type MapLayout, type Tile } from './map-layout.ts'

/** Sizes of tiles, largest first; those that are wide enough bear the container's name. */
const tileSizes: readonly (readonly [number, number])[] = [
  [132, 56],
  [116, 50],
  [100, 44],
  [84, 40],
  [72, 36],
  [60, 34],
  [52, 32],
  [45, 30],
  [40, 28],
  [35, 27],
  [31, 25],
  [27, 24],
  [23, 22],
  [20, 19],
  [17, 16],
  [15, 14],
  [13, 12],
  [11, 10],
  [9, 8],
]
/** A finger needs so much. */
const leastTouched = 23
const boxGaps = [8, 5] as const
const leastBoxWidths = [96, 64] as const
/** Groups are so many times as wide as they are high, whichever leaves room for larger tiles. */
const shapes = [1.8, 1, 3]

/** The room there is for a map. */
export interface Room {
  readonly width: number
  /** What can be seen at a time; a map that needs more is scrolled. */
  readonly height: number
  /** Whether tiles are pointed at with a finger. */
  readonly isTouched: boolean
}

interface Block {
  readonly branch: Branch
  readonly depth: number
  readonly width: number
  height: number
  /** Of a group of containers: how many tiles stand side by side. */
  readonly columns: number
  /** Of a group of groups. */
  readonly parts: readonly Part[]
}

interface Part {
  readonly block: Block
  readonly left: number
  readonly top: number
}

interface Pitch {
  readonly x: number
  readonly y: number
  readonly gap: number
  /** How many times as wide as high a group is to be. */
  readonly shape: number
}

/** Tiles of one size, the largest with which all can be seen at once. Groups stand in rows, in their order. */
export function placeGrid(root: Branch, room: Room): MapLayout {
  const sizes = room.isTouched ? tileSizes.filter(([width]) => width >= leastTouched) : tileSizes
  let placed: { readonly block: Block; readonly pitch: Pitch } | undefined
  for (const size of sizes) {
    placed = lowest(root, room.width, size)
    if (placed !== undefined && placed.block.height <= room.height) break
  }
  const tiles: Tile[] = []
  const boxes: Box[] = []
  if (placed) write(placed.block, { left: 0, top: 0, pitch: placed.pitch }, { tiles, boxes })
  return { width: room.width, height: placed?.block.height ?? 0, tiles, boxes }
}

/** With tiles of that size, the shape of groups that makes the lowest map. */
function lowest(
  root: Branch,
  width: number,
  [tileWidth, tileHeight]: readonly [number, number],
): { readonly block: Block; readonly pitch: Pitch } | undefined {
  const gap = tileWidth >= 27 ? 3 : tileWidth >= 13 ? 2 : 1
  const tries = shapes.map((shape) => {
    const pitch = { x: tileWidth + gap, y: tileHeight + gap, gap, shape }
    return { pitch, block: measure(root, -1, { pitch, width }) }
  })
  return tries.toSorted((left, right) => left.block.height - right.block.height)[0]
}

interface Within {
  readonly pitch: Pitch
  readonly width: number
}

function measure(branch: Branch, depth: number, { pitch, width }: Within): Block {
  const pad = pads[depth] ?? 0
  const head = heads[depth] ?? 0
  const inner = Math.max(pitch.x, width - 2 * pad)
  const content =
    branch.branches.length === 0
      ? measureTiles(branch.rows.length, depth, { pitch, width: inner })
      : measureGroups(branch, depth, { pitch, width: inner })
  const least = Math.min(width, leastBoxWidths[depth] ?? 0)
  return {
    branch,
    depth,
    ...content,
    width: Math.max(least, content.width + 2 * pad),
    height: content.height + head + pad,
  }
}

type Content = Pick<Block, 'width' | 'height' | 'columns' | 'parts'>

function measureTiles(count: number, depth: number, { pitch, width }: Within): Content {
  const most = Math.max(1, Math.floor((width + pitch.gap) / pitch.x))
  const wanted = depth < 0 ? most : Math.ceil(Math.sqrt((count * pitch.shape * pitch.y) / pitch.x))
  const columns = Math.min(most, Math.max(1, wanted))
  return {
    columns,
    parts: [],
    width: columns * pitch.x - pitch.gap,
    height: Math.ceil(count / columns) * pitch.y - pitch.gap,
  }
}

function measureGroups(branch: Branch, depth: number, within: Within): Content {
  const gap = boxGaps[depth + 1] ?? 0
  const blocks = branch.branches.map((inner) => measure(inner, depth + 1, within))
  const area = blocks.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0)
  const widest = Math.max(0, ...blocks.map(({ width }) => width))
  const wanted = depth < 0 ? within.width : Math.max(widest, Math.sqrt(area * within.pitch.shape))
  const rows = shelve(blocks, Math.min(within.width, wanted), gap)
  return { columns: 0, ...rows }
}

/** Side by side until a row is full; all of a row are as high as the highest. */
function shelve(
  blocks: readonly Block[],
  width: number,
  gap: number,
): Pick<Block, 'width' | 'height' | 'parts'> {
  const parts: Part[] = []
  let [left, top, rowHeight, used, rowStart] = [0, 0, 0, 0, 0]
  const closeRow = (): void => {
    for (const { block } of parts.slice(rowStart)) block.height = rowHeight
    rowStart = parts.length
  }
  for (const block of blocks) {
    if (left > 0 && left + block.width > width) {
      closeRow()
      top += rowHeight + gap
      left = 0
      rowHeight = 0
    }
    parts.push({ block, left, top })
    rowHeight = Math.max(rowHeight, block.height)
    left += block.width + gap
    used = Math.max(used, left - gap)
  }
  closeRow()
  return { parts, width: used, height: top + rowHeight }
}

interface Corner {
  readonly left: number
  readonly top: number
  readonly pitch: Pitch
}

function write(
  block: Block,
  { left, top, pitch }: Corner,
  out: { readonly tiles: Tile[]; readonly boxes: Box[] },
): void {
  const { branch, depth, width, height, columns, parts } = block
  if (depth >= 0) {
    out.boxes.push({
      name: branch.name,
      count: branch.rows.length,
      depth,
      left,
      top,
      width,
      height,
    })
  }
  const [x, y] = [left + (pads[depth] ?? 0), top + (heads[depth] ?? 0)]
  for (const part of parts) {
    write(part.block, { left: x + part.left, top: y + part.top, pitch }, out)
  }
  if (parts.length > 0) return
  branch.rows.forEach((row: LiveRow, index) => {
    out.tiles.push({
      row,
      left: x + (index % columns) * pitch.x,
      top: y + Math.floor(index / columns) * pitch.y,
      width: pitch.x - pitch.gap,
      height: pitch.y - pitch.gap,
    })
  })
}
