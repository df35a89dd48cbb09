import { describe, expect, test } from 'vitest'

import { buildChartData, type History, type LineSource, type Tail } from './chart-data.ts'
import type { Cell } from './stack-columns.ts'

function history(intervalS: number, points: [second: number, value: number | null][]): History {
  return { intervalS, points: points.map(([second, value]) => [second * 1000, value]) }
}

function tail(points: [second: number, value: number | null][]): Tail {
  return {
    seconds: points.map(([second]) => second),
    valueAt: (index) => points[index]?.[1],
  }
}

/** What is drawn of lines that are read each second, unless told otherwise. */
function drawn(
  sources: readonly (Omit<LineSource, 'holdsS'> & Partial<LineSource>)[],
): readonly [number[], ...Cell[][]] {
  const data = buildChartData(
    sources.map((source) => ({ holdsS: 3, ...source })),
    window,
  )
  return [[...data.timesS], ...data.readings.map((column) => [...column])]
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
    expect(drawn([source])).toEqual([
      [100, 101, 102],
      [1, 2, 3],
    ])
  })

  test('bridges the ten seconds between two answers of an engine, and breaks where one is missing', () => {
    const source = {
      history: history(10, [[100, 1]]),
      tail: tail([
        [110, 2],
        [121, 3],
        [141, 4],
      ]),
      holdsS: 12,
    }
    expect(drawn([source])).toEqual([
      [100, 110, 121, 133, 141],
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
    expect(drawn([source])).toEqual([
      [100, 103, 106, 107],
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
    expect(drawn([source])).toEqual([
      [100, 115, 120, 130],
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
    expect(drawn([steady, broken])).toEqual([
      [100, 101, 102, 103, 104, 105, 106],
      [1, 1, 1, 1, 1, 1, undefined],
      [5, undefined, 6, null, null, null, 7],
    ])
  })
})

describe('the window of buildChartData()', () => {
  test('leaves a gap between a past that ended and a present that began later', () => {
    const source = { history: history(1, [[110, 1]]), tail: tail([[120, 2]]) }
    expect(drawn([source])).toEqual([
      [110, 113, 120],
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
    expect(drawn([source])[0]).toEqual([99, 102, 150])
  })

  test('is empty columns when nothing is known', () => {
    const none = { history: undefined, tail: undefined }
    expect(drawn([none, none])).toEqual([[], [], []])
  })
})

describe('what lines of buildChartData() stand at', () => {
  const fast = (seconds: number[]): LineSource => ({
    history: history(
      1,
      seconds.map((second) => [second, 1]),
    ),
    tail: undefined,
    holdsS: 3,
  })
  const slow = (seconds: number[]): LineSource => ({
    history: history(
      1,
      seconds.map((second) => [second, second]),
    ),
    tail: undefined,
    holdsS: 5,
  })

  test('is the last reading of a slow one until it is read again', () => {
    const { timesS, readings, held } = buildChartData(
      [slow([101, 104]), fast([100, 101, 102, 103, 104, 105])],
      window,
    )
    expect(timesS).toEqual([100, 101, 102, 103, 104, 105])
    expect(held[0]).toEqual([null, 101, 101, 101, 104, 104])
    expect(readings[0]).toEqual([undefined, 101, undefined, undefined, 104, undefined])
  })

  test('ends where a reading is overdue', () => {
    const seconds = Array.from({ length: 10 }, (_, index) => 100 + index)
    const { held } = buildChartData([slow([100, 109]), fast(seconds)], window)
    expect(held[0]).toEqual([100, 100, 100, 100, 100, 100, null, null, null, 109])
  })

  test('does not go on alone through the time in which nothing was read', () => {
    const { timesS, held } = buildChartData([slow([100, 130]), fast([101, 130])], window)
    expect(timesS).toEqual([100, 101, 104, 105, 130])
    expect(held).toEqual([
      [100, 100, null, null, 130],
      [null, 1, null, null, 1],
    ])
  })

  test('breaks a fast one between two readings of a slow one', () => {
    const { timesS, readings } = buildChartData([slow([100, 105]), fast([101, 105])], window)
    expect(timesS).toEqual([100, 101, 104, 105])
    expect(readings[1]).toEqual([undefined, 1, null, 1])
  })

  test('is nothing where a line was never read', () => {
    const { held } = buildChartData([slow([]), fast([100, 101])], window)
    expect(held[0]).toEqual([undefined, undefined])
  })

  test('is missing of a line whose past is still being read', () => {
    const { held } = buildChartData([{ ...slow([]), isAwaited: true }, fast([100])], window)
    expect(held[0]).toEqual([null])
  })
})
