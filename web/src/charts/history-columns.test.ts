import { describe, expect, test } from 'vitest'

import { layOutCurves } from './history-columns.ts'

const plain = { isStacked: false, isLog: false }

function curve(
  startS: number,
  intervalS: number,
  values: readonly (number | null)[],
): Parameters<typeof layOutCurves>[0][number] {
  return { unit: 'byte', startS, intervalS, values }
}

describe('layOutCurves()', () => {
  test('puts curves that begin at different times on one axis', () => {
    const { timesS, drawn } = layOutCurves([curve(10, 5, [1, 2]), curve(15, 5, [3, 4])], plain)
    expect(timesS).toEqual([10, 15, 20])
    expect(drawn).toEqual([
      [1, 2, undefined],
      [undefined, 3, 4],
    ])
  })

  test('does not break a line where only another, finer one has an interval', () => {
    const { timesS, drawn } = layOutCurves([curve(0, 10, [1, 2]), curve(0, 5, [3, 4, 5])], plain)
    expect(timesS).toEqual([0, 5, 10])
    expect(drawn[0]).toEqual([1, undefined, 2])
  })

  test('breaks a line where an interval has nothing', () => {
    expect(layOutCurves([curve(0, 10, [1, null, 3])], plain).drawn).toEqual([[1, null, 3]])
  })

  test('bridges two seconds of a line that has one value each second, and breaks at three', () => {
    const values = [1, null, null, 4, null, null, null, 8]
    const { drawn } = layOutCurves([curve(0, 1, values)], plain)
    expect(drawn).toEqual([[1, undefined, undefined, 4, null, null, null, 8]])
  })

  test('stacks from the last line up, and tells values from what is drawn', () => {
    const curves = [curve(0, 10, [1, 2, null]), curve(0, 10, [10, null, 30])]
    const { values, drawn } = layOutCurves(curves, { isStacked: true, isLog: false })
    expect(drawn).toEqual([
      [11, 2, null],
      [10, null, 30],
    ])
    expect(values[0]).toEqual([1, 2, null])
  })

  test('stacks a coarse line on all places of a finer one, and tells where a part is missing', () => {
    const curves = [curve(0, 10, [1, null, 3]), curve(0, 5, [5, 5, 5, 5, 5])]
    const { timesS, drawn, partialS } = layOutCurves(curves, { isStacked: true, isLog: false })
    expect(timesS).toEqual([0, 5, 10, 15, 20])
    expect(drawn[0]).toEqual([6, 6, null, null, 8])
    expect(partialS).toEqual([[5, 20]])
  })

  test('does not add bytes to percent', () => {
    const percent = { ...curve(0, 10, [50]), unit: 'percent' }
    const curves = [curve(0, 10, [1]), percent, curve(0, 10, [2])]
    const { drawn } = layOutCurves(curves, { isStacked: true, isLog: false })
    expect(drawn).toEqual([[3], [50], [2]])
  })

  test('says nothing of a line that ended', () => {
    const curves = [curve(0, 10, [1]), curve(0, 10, [5, 5, 5])]
    const { values, partialS } = layOutCurves(curves, { isStacked: true, isLog: false })
    expect(values[0]).toEqual([1, 1, undefined])
    expect(partialS).toEqual([])
  })

  test('has a gap where a logarithm has nothing to show', () => {
    const { drawn } = layOutCurves([curve(0, 10, [1, 0, -2])], { isStacked: false, isLog: true })
    expect(drawn).toEqual([[1, null, null]])
  })

  test('is empty without curves', () => {
    expect(layOutCurves([], plain)).toEqual({ timesS: [], values: [], drawn: [], partialS: [] })
  })
})
