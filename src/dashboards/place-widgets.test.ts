import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { placeWidgets, type Unplaced } from './place-widgets.ts'

type Box = readonly [x: number, y: number, width: number, height: number]

const at = ([x, y, width, height]: Box, minHeight = 2): Unplaced => ({
  layout: { x, y, width, height },
  usual: { width: 4, height: 2 },
  minHeight,
})
const flowing = (width: number, height: number): Unplaced => ({
  layout: undefined,
  usual: { width, height },
  minHeight: 1,
})

const cases: readonly (readonly [
  name: string,
  widgets: readonly Unplaced[],
  expected: readonly Box[],
])[] = [
  [
    'keeps what is right',
    [at([0, 0, 6, 1]), at([6, 0, 6, 3]), at([0, 1, 6, 2])],
    [
      [0, 0, 6, 1],
      [6, 0, 6, 3],
      [0, 1, 6, 2],
    ],
  ],
  [
    'fills rows with what has no place, each as high as its highest',
    [flowing(4, 2), flowing(4, 4), flowing(6, 2), flowing(12, 1)],
    [
      [0, 0, 4, 2],
      [4, 0, 4, 4],
      [0, 4, 6, 2],
      [0, 6, 12, 1],
    ],
  ],
  [
    'puts what has no place above or below the rest, as it stands in the file',
    [flowing(4, 2), at([0, 0, 12, 3]), flowing(8, 1), at([0, 3, 6, 1]), flowing(6, 2)],
    [
      [0, 0, 4, 2],
      [0, 2, 12, 3],
      [0, 6, 8, 1],
      [0, 5, 6, 1],
      [0, 7, 6, 2],
    ],
  ],
  [
    'shrinks a free board; neighbours stay neighbours and charts high enough',
    [at([0, 0, 51, 8]), at([52, 0, 14, 39]), at([68, 0, 52, 9], 1), at([0, 8, 51, 9])],
    [
      [0, 0, 5, 2],
      [5, 0, 2, 4],
      [7, 0, 5, 1],
      [0, 2, 5, 2],
    ],
  ],
  [
    'pushes down what lies over another, however many',
    [at([0, 0, 4, 2]), at([2, 1, 4, 2]), at([0, 1, 12, 1]), at([8, 0, 4, 1])],
    [
      [0, 0, 4, 2],
      [2, 3, 4, 2],
      [0, 2, 12, 1],
      [8, 0, 4, 1],
    ],
  ],
  [
    'takes out empty rows',
    [at([0, 5, 4, 2]), at([4, 6, 4, 1]), at([0, 50, 4, 2])],
    [
      [0, 0, 4, 2],
      [4, 1, 4, 1],
      [0, 2, 4, 2],
    ],
  ],
]

describe('placeWidgets()', () => {
  for (const [name, widgets, expected] of cases) {
    test(name, () => {
      const places = placeWidgets(widgets).map(({ x, y, width, height }) => [x, y, width, height])
      assert.deepEqual(places, expected)
    })
  }

  test('widens the columns of a narrow group, without gaps', () => {
    const widgets = [at([0, 0, 2, 1]), at([2, 0, 1, 1]), at([3, 0, 2, 1])]
    assert.deepEqual(
      placeWidgets(widgets, 5).map(({ x, width }) => [x, width]),
      [
        [0, 5],
        [5, 2],
        [7, 5],
      ],
    )
  })

  test('leaves nothing over another on any board', () => {
    let seed = 7
    const next = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let board = 0; board < 50; board += 1) {
      const widgets = Array.from({ length: 40 }, () =>
        at([next(200), next(100), 1 + next(90), 1 + next(40)]),
      )
      const taken = new Set<string>()
      for (const { x, y, width, height } of placeWidgets(widgets)) {
        assert.ok(x >= 0 && x + width <= 12 && width >= 1 && height >= 1)
        for (let cell = 0; cell < width * height; cell += 1) {
          const key = `${x + (cell % width)} ${y + Math.floor(cell / width)}`
          assert.ok(!taken.has(key), key)
          taken.add(key)
        }
      }
    }
  })
})
