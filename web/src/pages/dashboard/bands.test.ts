import { describe, expect, test } from 'vitest'

import type { Widget } from '../../../../src/api/contract/dashboards.ts'
import { findBands } from './bands.ts'

function widget(
  id: string,
  [x, y, width, height]: readonly [number, number, number, number],
): Widget {
  const place = { x, y, width, height }
  return { id, title: id, place, type: 'note', text: '', align: 'left', size: 14 }
}

function idsOf(widgets: readonly Widget[]): readonly (readonly string[])[] {
  return findBands(widgets).map((band) => band.map((placed) => placed.widget.id))
}

describe('findBands()', () => {
  test('keeps apart what shares no row, and together what does', () => {
    const widgets = [
      widget('a', [0, 0, 6, 2]),
      widget('b', [6, 0, 6, 4]),
      widget('c', [0, 2, 6, 3]),
      widget('d', [0, 5, 12, 1]),
    ]
    expect(idsOf(widgets)).toEqual([['a', 'b', 'c'], ['d']])
  })

  test('counts rows from the first of each band', () => {
    const widgets = [
      widget('a', [0, 0, 12, 4]),
      widget('b', [0, 4, 6, 3]),
      widget('c', [6, 5, 6, 2]),
    ]
    const [, second] = findBands(widgets)
    expect(second?.map(({ place }) => place.y)).toEqual([0, 1])
  })

  test('has none without widgets', () => {
    expect(idsOf([])).toEqual([])
  })
})
