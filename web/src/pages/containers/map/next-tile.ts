import type { Tile } from './map-layout.ts'

/** Keys that lead from a tile to another. */
export const moves = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
] as const
export type Move = (typeof moves)[number]

/** Tiles that a page key passes over. */
const pageRows = 8

/** Whether a key leads to another tile. */
export function isMove(key: string): key is Move {
  return moves.some((move) => move === key)
}

/** The index of the tile a key leads to: left and right in their order, up and down to the nearest one there; the same at the edge. */
export function nextTile(tiles: readonly Tile[], index: number, move: Move): number {
  switch (move) {
    case 'ArrowLeft':
      return Math.max(0, index - 1)
    case 'ArrowRight':
      return Math.min(tiles.length - 1, index + 1)
    case 'Home':
      return 0
    case 'End':
      return tiles.length - 1
    case 'ArrowUp':
      return vertical(tiles, index, -1)
    case 'ArrowDown':
      return vertical(tiles, index, 1)
    case 'PageUp':
    case 'PageDown': {
      let at = index
      const way = move === 'PageUp' ? -1 : 1
      for (let step = 0; step < pageRows; step += 1) at = vertical(tiles, at, way)
      return at
    }
  }
}

/** The nearest tile above or below, one straight on before one aside. */
function vertical(tiles: readonly Tile[], index: number, way: 1 | -1): number {
  const from = tiles[index]
  if (from === undefined) return index
  let [best, bestFar] = [index, Number.POSITIVE_INFINITY]
  const middle = from.left + from.width / 2
  tiles.forEach((tile, at) => {
    const down = way > 0 ? tile.top - (from.top + from.height) : from.top - (tile.top + tile.height)
    if (down < -0.5) return
    const aside = Math.max(0, tile.left - middle, middle - (tile.left + tile.width))
    const far = down + aside * 2
    if (far < bestFar) [best, bestFar] = [at, far]
  })
  return best
}
