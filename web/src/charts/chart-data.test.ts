import { describe, expect, test } from 'vitest'

import { buildChartData, type History, type Tail } from './chart-data.ts'

function history(intervalS: number, points: [second: number, value: number | null][]): History {
  return { intervalS, points: points.map(([second, value]) => [second * 1000, value]) }
}

function tail(points: [second: number, value: number | null][], readEveryS = 1): Tail {
  return {
    seconds: points.map(([second]) => second),
    valueAt: (index) => points[index]?.[1],
    readEveryS,
  }
}

const window = { fromS: 100, toS: 200 }

describe('buildChartData()', () => {
  test('extends the stored past by what was heard after it, each second once', () => {
    const source = {
      history: history(1, [
        [100, 1],
        [101, 2],
      ]),
      tail: tail([
        [101, 99],
        [102, 3],
      ]),
    }
    expect(buildChartData([source], window)).toEqual([
      [100, 101, 102],
      [1, 2, 3],
    ])
  })

  test('bridges the ten seconds between two answers of an engine, and breaks where one is missing', () => {
    const source = {
      history: history(10, [[100, 1]]),
      tail: tail(
        [
          [110, 2],
          [121, 3],
          [141, 4],
        ],
        10,
      ),
    }
    expect(buildChartData([source], window)).toEqual([
      [100, 110, 121, 122, 141],
      [1, 2, 3, null, 4],
    ])
  })

  test('bridges two missing seconds and breaks at three', () => {
    const source = {
      history: history(1, [
        [100, 1],
        [103, 2],
        [107, 3],
      ]),
      tail: undefined,
    }
    expect(buildChartData([source], window)).toEqual([
      [100, 103, 104, 107],
      [1, 2, null, 3],
    ])
  })

  test('breaks where the store says null, at whatever interval', () => {
    const source = {
      history: history(10, [
        [100, 1],
        [110, null],
        [120, 3],
        [130, 4],
      ]),
      tail: undefined,
    }
    expect(buildChartData([source], window)).toEqual([
      [100, 101, 120, 130],
      [1, null, 3, 4],
    ])
  })

  test('breaks one line where only the other has readings, and not where they merely alternate', () => {
    const steady = {
      history: history(1, [
        [100, 1],
        [101, 1],
        [102, 1],
        [103, 1],
        [104, 1],
        [105, 1],
      ]),
      tail: undefined,
    }
    const broken = {
      history: history(1, [
        [100, 5],
        [102, 6],
        [106, 7],
      ]),
      tail: undefined,
    }
    expect(buildChartData([steady, broken], window)).toEqual([
      [100, 101, 102, 103, 104, 105, 106],
      [1, 1, 1, 1, 1, 1, undefined],
      [5, undefined, 6, null, null, null, 7],
    ])
  })
})

describe('the window of buildChartData()', () => {
  test('leaves a gap between a past that ended and a present that began later', () => {
    const source = { history: history(1, [[110, 1]]), tail: tail([[120, 2]]) }
    expect(buildChartData([source], window)).toEqual([
      [110, 111, 120],
      [1, null, 2],
    ])
  })

  test('has nothing outside the window but what lines need to reach its edges', () => {
    const source = {
      history: history(1, [
        [50, 1],
        [99, 2],
        [150, 3],
        [300, 4],
      ]),
      tail: tail([[301, 5]]),
    }
    expect(buildChartData([source], window)[0]).toEqual([99, 100, 150])
  })

  test('is empty columns when nothing is known', () => {
    const none = { history: undefined, tail: undefined }
    expect(buildChartData([none, none], window)).toEqual([[], [], []])
  })
})
