import type { LiveRow } from '../../../data/live-row.ts'

/** A place on the map, in CSS pixels from its upper left corner. */
export interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** One container. */
export interface Tile extends Place {
  readonly row: LiveRow
}

/** A group: a frame around its tiles, with its name along the top. */
export interface Box extends Place {
  readonly name: string
  readonly count: number
  /** 0 for an outer group, 1 for one inside another. */
  readonly depth: number
}

/** Where everything is. Tiles come in the order of the groups, and of names in them. */
export interface MapLayout {
  readonly width: number
  readonly height: number
  readonly tiles: readonly Tile[]
  readonly boxes: readonly Box[]
}

/** The room of a group's name, and around its tiles, by how deep it lies. */
export const heads = [22, 17] as const
export const pads = [6, 3] as const

/** The tile at a point; undefined between tiles. */
export function tileAt(tiles: readonly Tile[], left: number, top: number): Tile | undefined {
  return tiles.find(
    (tile) =>
      left >= tile.left &&
      left < tile.left + tile.width &&
      top >= tile.top &&
      top < tile.top + tile.height,
  )
}
