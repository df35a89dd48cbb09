import { describe, expect, test } from 'vitest'

import type { LiveRow } from '../../../data/live-row.ts'
import { readFigure } from '../../../data/live-row.ts'
import { sampleNowMs, sampleRow } from '../../../testing/samples.ts'
import { arrangeRows } from '../arrange-rows.ts'
import { nothingFolded } from '../folding.ts'
import { parseFilter } from '../../../../../src/api/contract/container-filter/parse-filter.ts'
import { groupTree, type Branch } from './group-tree.ts'
import { tileAt, type MapLayout, type Place } from './map-layout.ts'
import { nextTile } from './next-tile.ts'
import { placeGrid } from './place-grid.ts'
import { placeTreemap, squarify } from './place-treemap.ts'

const room = { width: 1000, height: 600, isTouched: false }

function rowsOf(count: number): readonly LiveRow[] {
  return Array.from({ length: count }, (_, index) =>
    sampleRow({
      key: index + 1,
      name: `c-${index}`,
      project: `p${index % 7}`,
      tags: [`env:${index % 3}`],
      figures: { memory: (index % 11) * 1000 },
    }),
  )
}

function treeOf(count: number, groups: readonly string[]): Branch {
  const view = {
    scope: 'all',
    sort: { column: 'name', isFalling: false },
    groups,
    folding: nothingFolded,
    filter: parseFilter(''),
    host: '',
  } as const
  return groupTree(arrangeRows(rowsOf(count), view, { nowMs: sampleNowMs, labelOf: () => null }))
}

function isWithin(inner: Place, outer: Place): boolean {
  return (
    inner.left >= outer.left - 0.01 &&
    inner.top >= outer.top - 0.01 &&
    inner.left + inner.width <= outer.left + outer.width + 0.01 &&
    inner.top + inner.height <= outer.top + outer.height + 0.01
  )
}

function overlaps(left: Place, right: Place): boolean {
  return (
    left.left < right.left + right.width - 0.01 &&
    right.left < left.left + left.width - 0.01 &&
    left.top < right.top + right.height - 0.01 &&
    right.top < left.top + left.height - 0.01
  )
}

const memory = (row: LiveRow): number => readFigure(row, 'memory') ?? 0
const layouts: readonly (readonly [string, (root: Branch) => MapLayout])[] = [
  ['placeGrid()', (root) => placeGrid(root, room)],
  ['placeTreemap()', (root) => placeTreemap(root, room, memory)],
]

describe.each(layouts)('%s', (_, place) => {
  test.each([
    [1, []],
    [10, []],
    [300, ['project']],
    [300, ['project', 'env']],
    [2000, ['project', 'env']],
  ])('of %s containers grouped by %s has each once, inside the map', (count, groups) => {
    const layout = place(treeOf(count, groups))
    expect(new Set(layout.tiles.map(({ row }) => row.key)).size).toBe(count)
    expect(layout.tiles).toHaveLength(count)
    const whole = { left: 0, top: 0, width: layout.width, height: layout.height }
    expect(layout.tiles.filter((tile) => !isWithin(tile, whole))).toEqual([])
    expect(layout.tiles.every((tile) => tile.width > 0 && tile.height > 0)).toBe(true)
  })

  test('lets no tile lie over another, nor outside the frame of its group', () => {
    const { tiles, boxes } = place(treeOf(120, ['project', 'env']))
    const over = tiles.filter((tile, index) =>
      tiles.slice(index + 1).some((other) => overlaps(tile, other)),
    )
    expect(over).toEqual([])
    for (const tile of tiles) {
      const around = boxes.filter((box) => overlaps(tile, box))
      expect(around.map(({ depth }) => depth).toSorted((a, b) => a - b)).toEqual([0, 1])
      expect(around.every((box) => isWithin(tile, box))).toBe(true)
    }
    expect(boxes.filter(({ depth }) => depth === 0).map(({ count }) => count)).toHaveLength(7)
  })
})

describe('placeGrid()', () => {
  test('shows all at once as long as tiles stay large enough, and then grows downwards', () => {
    expect(placeGrid(treeOf(1000, ['project']), room).height).toBeLessThanOrEqual(room.height)
    const many = placeGrid(treeOf(1000, ['project']), { ...room, height: 60 })
    expect(many.height).toBeGreaterThan(60)
    expect(Math.min(...many.tiles.map(({ width }) => width))).toBe(9)
  })

  test('makes no tile too small for a finger', () => {
    const { tiles } = placeGrid(treeOf(2000, []), { ...room, width: 360, isTouched: true })
    expect(Math.min(...tiles.map(({ width, height }) => Math.min(width, height)))).toBe(22)
  })
})

describe('squarify()', () => {
  test('gives each item its share of the area, in pieces that are not slivers', () => {
    const weights = [6, 6, 4, 3, 2, 2, 1].map((weight) => ({ weight }))
    const placed = squarify(weights, { left: 0, top: 0, width: 6, height: 4 })
    for (const { item, place } of placed) {
      expect(place.width * place.height).toBeCloseTo(item.weight)
      const ratio = Math.max(place.width / place.height, place.height / place.width)
      expect(ratio).toBeLessThan(3)
    }
  })

  test('survives a place without room and items without weight', () => {
    const none = { left: 0, top: 0, width: 0, height: 0 }
    expect(squarify([{ weight: 1 }, { weight: 2 }], none)).toHaveLength(2)
    const placed = squarify([{ weight: 0 }], { ...none, width: 10, height: 10 })
    expect(placed).toHaveLength(1)
  })
})

describe('nextTile()', () => {
  const { tiles } = placeGrid(treeOf(40, []), { width: 500, height: 2000, isTouched: false })
  const columns = tiles.filter(({ top }) => top === 0).length

  test('goes along the rows and to what is above and below', () => {
    expect(nextTile(tiles, 0, 'ArrowRight')).toBe(1)
    expect(nextTile(tiles, 1, 'ArrowDown')).toBe(1 + columns)
    expect(nextTile(tiles, 1 + columns, 'ArrowUp')).toBe(1)
    expect(nextTile(tiles, 5, 'Home')).toBe(0)
    expect(nextTile(tiles, 5, 'End')).toBe(39)
  })

  test('stays at the edges', () => {
    expect(nextTile(tiles, 0, 'ArrowLeft')).toBe(0)
    expect(nextTile(tiles, 0, 'ArrowUp')).toBe(0)
    expect(nextTile(tiles, 39, 'ArrowDown')).toBe(39)
    expect(nextTile(tiles, 39, 'ArrowRight')).toBe(39)
  })
})

describe('tileAt()', () => {
  test('finds the tile at a point, and none between tiles', () => {
    const { tiles } = placeGrid(treeOf(4, []), room)
    const [first, second] = tiles
    expect(tileAt(tiles, 1, 1)).toBe(first)
    expect(tileAt(tiles, (second?.left ?? 0) - 1, 1)).toBeUndefined()
  })
})
