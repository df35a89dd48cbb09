import { describe, expect, test } from 'vitest'

import { sampleNowMs, sampleRow } from '../../../testing/samples.ts'
import { findFigure } from './map-figures.ts'
import { summarize } from './use-colouring.ts'

const figure = findFigure('memoryLimit')

describe('summarize()', () => {
  test('tells middle, highest, what is too high and what has no figure; not what is stopped or stale', () => {
    const limited = { memoryLimitBytes: 1000 }
    const rows = [
      sampleRow({ key: 1, name: 'low', figures: { memory: 100 }, ...limited }),
      sampleRow({ key: 2, name: 'half', figures: { memory: 500 }, ...limited }),
      sampleRow({ key: 3, name: 'full', figures: { memory: 900 }, ...limited }),
      sampleRow({ key: 4, name: 'free', figures: { memory: 900 } }),
      sampleRow({ key: 5, name: 'done', state: 'exited', figures: { memory: 999 }, ...limited }),
      sampleRow({
        key: 6,
        name: 'old',
        figures: { memory: 999 },
        figuresAt: sampleNowMs - 60_000,
        ...limited,
      }),
    ]
    expect(summarize(figure, rows, sampleNowMs)).toEqual({
      knownCount: 3,
      unknownCount: 2,
      highCount: 1,
      median: 50,
      highest: { value: 90, name: 'full' },
    })
  })

  test('knows nothing of nothing', () => {
    const { median, highest } = summarize(figure, [], sampleNowMs)
    expect([median, highest]).toEqual([undefined, undefined])
  })
})
