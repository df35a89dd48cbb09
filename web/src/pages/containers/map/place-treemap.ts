import type { LiveRow } from '../../../data/live-row.ts'
import type { Branch } from './group-tree.ts'
import { heads, pads, type Box, type MapLayout, type Place, type Tile } from './map-layout.ts'
import type { Room } from './place-grid.ts'

const gap = 2
/** What uses next to nothing is still there to be seen: it counts as this share of what all use on average. */
const leastShare = 0.12
/** A map of many is higher than what can be seen at a time, so that a tile has this many square pixels on average. */
const meanArea = { pointed: 90, touched: 700 }

interface Item {
  readonly weight: number
}

/** Tiles as large as what the containers use, groups as large as their containers together. */
export function placeTreemap(
  root: Branch,
  room: Room,
  valueOf: (row: LiveRow) => number,
): MapLayout {
  const { width } = room
  const perTile = room.isTouched ? meanArea.touched : meanArea.pointed
  const height = Math.max(room.height, Math.ceil((root.rows.length * perTile) / width))
  const total = sum(root.rows, valueOf)
  const least = (total / Math.max(1, root.rows.length)) * leastShare || 1
  const weightOf = (row: LiveRow): number => Math.max(least, valueOf(row))
  const tiles: Tile[] = []
  const boxes: Box[] = []
  fill({ branch: root, depth: -1, place: { left: 0, top: 0, width, height } })
  return { width, height, tiles, boxes }

  function fill(group: {
    readonly branch: Branch
    readonly depth: number
    readonly place: Place
  }): void {
    const { branch, depth, place } = group
    if (depth >= 0) boxes.push({ name: branch.name, count: branch.rows.length, depth, ...place })
    const inside = insideOf(place, depth)
    if (branch.branches.length > 0) {
      const inner = branch.branches.map((each) => ({ each, weight: sum(each.rows, weightOf) }))
      for (const { item, place: of } of squarify(inner, inside)) {
        fill({ branch: item.each, depth: depth + 1, place: shrink(of) })
      }
      return
    }
    const rows = branch.rows.map((row) => ({ row, weight: weightOf(row) }))
    for (const { item, place: of } of squarify(rows, inside)) {
      tiles.push({ row: item.row, ...shrink(of) })
    }
  }
}

/**
 * Divides a place among items by their weights, in pieces that are nearly square.
 * @see Bruls, Huizing and van Wijk, "Squarified Treemaps", 2000
 */
export function squarify<Of extends Item>(
  items: readonly Of[],
  place: Place,
): readonly { readonly item: Of; readonly place: Place }[] {
  const sorted = items.toSorted((left, right) => right.weight - left.weight)
  const out: { readonly item: Of; readonly place: Place }[] = []
  let rest = place
  let weightLeft = sum(sorted, ({ weight }) => weight)
  for (let at = 0; at < sorted.length;) {
    const scale = (rest.width * rest.height) / weightLeft || 0
    const side = Math.min(rest.width, rest.height)
    const count = stripLength(sorted.slice(at), side, scale)
    const strip = sorted.slice(at, at + count)
    const weight = sum(strip, (item) => item.weight)
    const share = weightLeft > 0 ? weight / weightLeft : 0
    rest = layStrip(strip, { rest, share, weight }, out)
    weightLeft -= weight
    at += count
  }
  return out
}

/** How many items, from the first, make the best strip along a side: one more would make the worst of them longer. */
function stripLength(items: readonly Item[], side: number, scale: number): number {
  let [area, best, count] = [0, Number.POSITIVE_INFINITY, 0]
  const largest = (items[0]?.weight ?? 0) * scale
  for (const { weight } of items) {
    const smallest = weight * scale
    const next = area + smallest
    const worst = Math.max((side ** 2 * largest) / next ** 2, next ** 2 / (side ** 2 * smallest))
    if (worst > best) break
    best = worst
    area = next
    count += 1
  }
  return Math.max(1, count)
}

/** Lays the items along the shorter side; gives what is left of the place. */
function layStrip<Of extends Item>(
  strip: readonly Of[],
  {
    rest,
    share,
    weight,
  }: { readonly rest: Place; readonly share: number; readonly weight: number },
  out: { readonly item: Of; readonly place: Place }[],
): Place {
  const isWide = rest.width >= rest.height
  const thick = (isWide ? rest.width : rest.height) * share
  let along = isWide ? rest.top : rest.left
  for (const item of strip) {
    const length = (isWide ? rest.height : rest.width) * (item.weight / weight)
    out.push({
      item,
      place: isWide
        ? { left: rest.left, top: along, width: thick, height: length }
        : { left: along, top: rest.top, width: length, height: thick },
    })
    along += length
  }
  return isWide
    ? { ...rest, left: rest.left + thick, width: rest.width - thick }
    : { ...rest, top: rest.top + thick, height: rest.height - thick }
}

/** A group too small for its name is all tiles. */
function insideOf(place: Place, depth: number): Place {
  const [head, pad] = [heads[depth] ?? 0, pads[depth] ?? 0]
  if (place.height < head * 2 || place.width < pad * 6) return place
  return {
    left: place.left + pad,
    top: place.top + head,
    width: place.width - 2 * pad,
    height: place.height - head - pad,
  }
}

/** Leaves the gap to the next one. */
function shrink({ left, top, width, height }: Place): Place {
  return { left, top, width: Math.max(1, width - gap), height: Math.max(1, height - gap) }
}

function sum<Of>(items: readonly Of[], of: (item: Of) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
