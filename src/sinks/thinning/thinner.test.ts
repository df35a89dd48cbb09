import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makePoint, makeSeries } from '../../../test/agent/points.ts'
import type { Point, Series } from '../../model/series.ts'
import { Thinner } from './thinner.ts'

const intervalMs = 15_000
const graceMs = 2000
/** The begin of an interval. */
const startMs = 1_795_000_005_000

class ThinnerRun {
  late = 0
  readonly thinner = new Thinner({
    intervalMs,
    graceMs,
    onLate: (count) => {
      this.late += count
    },
  })

  /** Each value a second after the one before; `undefined` is a second without a point. */
  take(series: Series, values: readonly (number | undefined)[], fromMs = startMs): this {
    for (const [at, value] of values.entries()) {
      if (value === undefined) continue
      this.thinner.take(makePoint(value, { series, timeMs: fromMs + at * 1000 }))
    }
    return this
  }

  due(nowMs: number): readonly (readonly [seconds: number, value: number])[] {
    return told(this.thinner.takeDue(nowMs))
  }
}

/** Seconds after `startMs`, and value. */
function told(points: readonly Point[]): readonly (readonly [number, number])[] {
  return points.map(({ timeMs, value }) => [(timeMs - startMs) / 1000, value])
}

/** Numbers that are the same in each run. */
function* random(seed: number): Generator<number, never, void> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

describe('Thinner', () => {
  const fifteen = Array.from({ length: 15 }, (_, at) => at + 1)
  const endMs = startMs + intervalMs + graceMs

  const cases = [
    { title: 'the last value of a gauge', kind: 'gauge', values: fifteen, expected: 15 },
    { title: 'the average of a rate', kind: 'rate', values: fifteen, expected: 8 },
    { title: 'the sum of a count', kind: 'count', values: fifteen, expected: 120 },
    {
      title: 'the average of the points that came',
      kind: 'rate',
      values: [4, undefined, undefined, 8],
      expected: 6,
    },
  ] as const
  for (const { title, kind, values, expected } of cases)
    test(`tells ${title}, at the begin of the interval`, () => {
      const run = new ThinnerRun().take(makeSeries({ kind }), values)
      assert.deepEqual(run.due(endMs), [[0, expected]])
      assert.deepEqual(run.due(endMs + intervalMs), [])
    })

  test('averages the gauges that are rates before they are sent', () => {
    const run = new ThinnerRun().take(makeSeries({ metric: 'docker.cpu.usage' }), [10, 20])
    assert.deepEqual(run.due(endMs), [[0, 15]])
  })

  test('tells the interval that its points have, in a series that is one object', () => {
    const { thinner } = new ThinnerRun().take(makeSeries(), Array<number>(30).fill(1))
    const [first, second] = thinner.takeDue(endMs + intervalMs)
    assert.equal(first?.series.intervalS, 15)
    assert.equal(first.series, second?.series)
  })

  test('waits for points that are a little late', () => {
    const run = new ThinnerRun().take(makeSeries({ kind: 'count' }), [1])
    assert.deepEqual(run.due(endMs - 1), [])
    run.take(makeSeries({ kind: 'count' }), [1], startMs + 14_000)
    assert.deepEqual(run.due(endMs), [[0, 2]])
  })

  for (const intervalS of [0, 10, 15, 60])
    test(`lets a series of every ${intervalS} s through as it is`, () => {
      const series = makeSeries({ intervalS })
      const { thinner } = new ThinnerRun().take(series, [1, 2])
      assert.deepEqual(
        thinner.takeDue(startMs),
        [0, 1000].map((ms, at) => makePoint(at + 1, { series, timeMs: startMs + ms })),
      )
    })

  test('lets all through when the interval is a second', () => {
    const thinner = new Thinner({ intervalMs: 1000, graceMs, onLate: () => assert.fail('late') })
    const point = makePoint(1)
    thinner.take(point)
    assert.deepEqual(thinner.takeDue(0), [point])
  })

  test('adds a late count to the next interval and leaves a late gauge out', () => {
    const lateOnes = [
      ['count', 11, 0],
      ['gauge', 1, 1],
    ] as const
    for (const [kind, expected, late] of lateOnes) {
      const run = new ThinnerRun()
      const series = makeSeries({ kind })
      run.take(series, [5]).due(endMs)
      run.take(series, [10], startMs + 14_000).take(series, [1], startMs + 15_000)
      assert.deepEqual(run.due(endMs + intervalMs), [[15, expected]])
      assert.equal(run.late, late)
    }
  })

  test('takes two objects that say the same for one series', () => {
    const run = new ThinnerRun()
    run.take(makeSeries({ kind: 'count', tags: ['a:1', 'b:2'] }), [1])
    run.take(makeSeries({ kind: 'count', tags: ['b:2', 'a:1'] }), [2])
    run.take(makeSeries({ kind: 'count', tags: ['a:1', 'b:2'], host: 'box-2' }), [4])
    assert.deepEqual(run.due(endMs), [
      [0, 3],
      [0, 4],
    ])
  })

  test('ends what is open when it is told to, stamped with the newest point', () => {
    const { thinner } = new ThinnerRun().take(makeSeries({ kind: 'count' }), [1, 2, 3])
    assert.deepEqual(told(thinner.takeAll()), [[2, 6]])
    assert.deepEqual(thinner.takeAll(), [])
  })

  test('goes on when the clock is set back or forward by an hour', () => {
    const hourMs = 3_600_000
    for (const jumpMs of [-hourMs, hourMs]) {
      const run = new ThinnerRun()
      const series = makeSeries({ kind: 'count' })
      run.take(series, [1]).take(series, [2], startMs + jumpMs)
      const all = [...run.due(startMs + jumpMs), ...run.due(endMs + jumpMs)]
      assert.deepEqual(all, [
        [0, 1],
        [jumpMs / 1000, 2],
      ])
      assert.equal(run.late, 0)
    }
  })

  test('tells a series that ended before the clock was set back', () => {
    const run = new ThinnerRun().take(makeSeries(), [7])
    assert.deepEqual(run.due(startMs - 3_600_000), [[0, 7]])
  })

  test('forgets series that have ended, and takes them up again', () => {
    const run = new ThinnerRun()
    const series = Array.from({ length: 100 }, (_, at) => makeSeries({ tags: [`n:${at}`] }))
    for (const one of series) run.take(one, [1])
    assert.equal(run.thinner.size, 100)
    assert.equal(run.due(endMs).length, 100)
    run.due(endMs + 6 * intervalMs)
    assert.equal(run.thinner.size, 0)
    run.take(makeSeries(), [3], startMs + 6 * intervalMs)
    for (const one of series.slice(0, 2)) run.take(one, [2], startMs + 6 * intervalMs)
    assert.deepEqual(run.due(endMs + 6 * intervalMs), [
      [90, 3],
      [90, 2],
      [90, 2],
    ])
  })

  test('keeps the sum of counts, and of rates over time, whatever the intervals and delays', () => {
    const numbers = random(7)
    const next = (below: number): number => Math.floor(numbers.next().value * below)
    for (let round = 0; round < 50; round += 1) {
      const run = new ThinnerRun()
      const count = makeSeries({ kind: 'count' })
      const rate = makeSeries({ kind: 'rate' })
      const sums = { count: 0, rate: 0, toldCount: 0, toldRate: 0 }
      const sum = (points: readonly Point[]): void => {
        for (const { series, value } of points)
          if (series.kind === 'count') sums.toldCount += value
          else sums.toldRate += value * series.intervalS
      }
      const seconds = 15 * (2 + next(10))
      for (let second = 0; second < seconds; second += 1) {
        const [counted, perSecond, delayS] = [next(100), next(100), next(25)]
        run.take(count, [counted], startMs + (second - (second > delayS ? delayS : 0)) * 1000)
        run.take(rate, [perSecond], startMs + second * 1000)
        sums.count += counted
        sums.rate += perSecond
        if (next(4) === 0) sum(run.thinner.takeDue(startMs + second * 1000))
      }
      sum(run.thinner.takeAll())
      assert.equal(sums.toldCount, sums.count)
      assert.ok(Math.abs(sums.toldRate - sums.rate) < 1e-6 * sums.rate)
      assert.equal(run.late, 0)
    }
  })
})
