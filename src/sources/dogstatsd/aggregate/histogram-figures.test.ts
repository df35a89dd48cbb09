import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { HistogramFigures } from './histogram-figures.ts'
import { SampleList } from './sample-list.ts'

const all = ['max', 'min', 'median', 'avg', 'count', 'sum'] as const

function figuresOf(
  samples: readonly (readonly [value: number, weight: number])[],
  percentiles: readonly number[] = [],
): number[] {
  const list = new SampleList(samples.length)
  const row = Float64Array.of(0, 0, Infinity, -Infinity)
  for (const [value, weight] of samples) {
    list.push(value, weight)
    row[0] = (row[0] ?? 0) + value * weight
    row[1] = (row[1] ?? 0) + weight
    row[2] = Math.min(row[2] ?? 0, value)
    row[3] = Math.max(row[3] ?? 0, value)
  }
  list.sort(true)
  const figures = new HistogramFigures({ aggregates: all, percentiles })
  const numbers = new Float64Array(figures.count)
  figures.make(row, list, numbers)
  return [...numbers]
}

describe('HistogramFigures', () => {
  test('makes all figures of one sample', () => {
    assert.deepEqual(figuresOf([[7, 1]], [0.01, 0.5, 0.95, 1]), [7, 7, 7, 7, 1, 7, 7, 7, 7, 7])
  })

  test('takes the lower of two for the median', () => {
    assert.equal(figuresOf([[1, 1], [2, 1]])[2], 1) // prettier-ignore
    assert.equal(figuresOf([[3, 1], [1, 1], [2, 1]])[2], 2) // prettier-ignore
  })

  /** 1 to 20: the Datadog Agent's ranks are (95 × 20 - 1) / 100 = 18 and (99 × 20 - 1) / 100 = 19, so the 19th and the 20th. */
  test('ranks percentiles as the Datadog Agent does', () => {
    const samples = Array.from({ length: 20 }, (_, at) => [at + 1, 1] as const)
    assert.deepEqual(figuresOf(samples, [0.95, 0.99, 0.5, 0.051]).slice(6), [19, 20, 10, 1])
  })

  test('lets a sample count as often as its weight says', () => {
    const samples = [[10, 1], [1, 4], [5, 2]] as const // prettier-ignore
    assert.deepEqual(figuresOf(samples, [0.7, 0.75, 0.9]), [10, 1, 1, 24 / 7, 7, 24, 5, 5, 10])
  })

  /** As when a weight was too large to be ranked by, or bins found no room: the count is that of the row. */
  test('ranks by the weights that are ranked, not by the count', () => {
    const list = new SampleList(3)
    for (const [value, weight] of [[1, 1], [2, 100], [3, 1]] as const) list.push(value, weight) // prettier-ignore
    const figures = new HistogramFigures({
      aggregates: ['median', 'count'],
      percentiles: [0.99, 1],
    })
    const numbers = new Float64Array(figures.count)
    figures.make(Float64Array.of(1e32, 1e31, 1, 3), list, numbers)
    assert.deepEqual([...numbers], [2, 1e31, 2, 3])
  })

  test('takes 0.29 for 29 percent, though a hundred times it is less', () => {
    const samples = Array.from({ length: 100 }, (_, at) => [at + 1, 1] as const)
    assert.deepEqual(figuresOf(samples, [0.29]).slice(6), [29])
  })
})
