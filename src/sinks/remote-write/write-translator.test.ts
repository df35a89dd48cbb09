import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makePoint, makeSeries } from '../../../test/agent/points.ts'
import { makeDistribution, makeSketch } from '../../../test/agent/sketches.ts'
import { formatLabels } from '../../model/prometheus/labels.ts'
import type { Point } from '../../model/series.ts'
import type { Sketch } from '../../model/sketch.ts'
import { WriteTranslator, type LeftOut } from './write-translator.ts'

const timeMs = 1_795_000_000_000

interface Opened {
  readonly translate: (
    points: readonly Point[],
    sketches?: readonly Sketch[],
  ) => readonly (readonly [
    series: string,
    ...samples: (readonly [afterMs: number, value: number])[],
  ])[]
  readonly leftOut: Readonly<Record<LeftOut, number>>
}

/** Times are milliseconds after `timeMs`. */
function open(external: Readonly<Record<string, string>> = {}): Opened {
  const leftOut = { same_labels: 0, out_of_order: 0 }
  const translator = new WriteTranslator({
    externalLabels: external,
    clock: () => timeMs,
    onLeftOut(why, count) {
      leftOut[why] += count
    },
  })
  return {
    leftOut,
    translate: (points, sketches = []) =>
      translator
        .translate({ points, sketches })
        .map(({ labels, samples }) => [
          formatLabels(labels),
          ...samples.map((sample) => [sample.timeMs - timeMs, sample.value] as const),
        ]),
  }
}

describe('WriteTranslator', () => {
  test('names a gauge as our own server does in PromQL', () => {
    const series = makeSeries({
      metric: 'docker.cpu.usage',
      tags: ['container_name:web', 'team:a', 'team:b', 'canary', 'k-e.y:v'],
    })
    assert.deepEqual(open().translate([makePoint(2.5, { series })]), [
      [
        'docker_cpu_usage{canary="true", container_name="web", host="box-1", k_e_y="v", team="a,b"}',
        [0, 2.5],
      ],
    ])
  })

  test('gives a rate as it is', () => {
    const series = makeSeries({ metric: 'speed', kind: 'rate', intervalS: 10 })
    assert.deepEqual(open().translate([makePoint(3, { series })]), [
      ['speed{host="box-1"}', [0, 3]],
    ])
  })

  test('makes a counter of counts, which begins with 0', () => {
    const opened = open()
    const series = makeSeries({ metric: 'hits', kind: 'count', intervalS: 10 })
    const at = (afterMs: number, value: number): Point =>
      makePoint(value, { series, timeMs: timeMs + afterMs })
    assert.deepEqual(opened.translate([at(0, 5), at(10_000, 2)]), [
      ['hits{host="box-1"}', [-1, 0], [0, 5], [10_000, 7]],
    ])
    assert.deepEqual(opened.translate([at(20_000, 4)]), [['hits{host="box-1"}', [20_000, 11]]])
  })

  test('goes on counting where a source has made its series anew', () => {
    const opened = open()
    const count = (afterMs: number): Point =>
      makePoint(1, {
        series: makeSeries({ metric: 'hits', kind: 'count' }),
        timeMs: timeMs + afterMs,
      })
    opened.translate([count(0)])
    assert.deepEqual(opened.translate([count(1000)]), [['hits{host="box-1"}', [1000, 2]]])
  })

  test('makes a summary of a distribution', () => {
    const opened = open()
    const series = makeDistribution({ metric: 'wait.s', tags: ['kind:x'] })
    const seen = opened.translate([], [makeSketch([1, 2, 3, 4], { series, timeMs })])
    const own = 'host="box-1", kind="x"'
    const byName = new Map(seen.map(([name, ...samples]) => [name, samples]))
    assert.deepEqual(byName.get(`wait_s{${own}, quantile="0"}`), [[0, 1]])
    assert.deepEqual(byName.get(`wait_s{${own}, quantile="1"}`), [[0, 4]])
    assert.deepEqual(byName.get(`wait_s_sum{${own}}`), [
      [-1, 0],
      [0, 10],
    ])
    assert.deepEqual(byName.get(`wait_s_count{${own}}`), [
      [-1, 0],
      [0, 4],
    ])
    assert.equal(byName.size, 8)
    const later = makeSketch([5], { series, timeMs: timeMs + 10_000 })
    const next = new Map(opened.translate([], [later]).map(([name, ...samples]) => [name, samples]))
    assert.deepEqual(next.get(`wait_s_sum{${own}}`), [[10_000, 15]])
  })

  test('adds labels from outside where a series has none of that name', () => {
    const series = makeSeries({ metric: 'x', tags: ['env:test'] })
    assert.deepEqual(open({ env: 'all', site: 'a' }).translate([makePoint(1, { series })]), [
      ['x{env="test", host="box-1", site="a"}', [0, 1]],
    ])
  })

  test('puts samples of a series into the order of time', () => {
    const series = makeSeries({ metric: 'x' })
    const points = [20, 0, 10].map((afterMs) =>
      makePoint(afterMs, { series, timeMs: timeMs + afterMs }),
    )
    assert.deepEqual(open().translate(points), [['x{host="box-1"}', [0, 0], [10, 10], [20, 20]]])
  })

  test('leaves out what is no newer than what it gave before, and counts it', () => {
    const opened = open()
    const series = makeSeries({ metric: 'x' })
    const at = (afterMs: number): Point => makePoint(afterMs, { series, timeMs: timeMs + afterMs })
    opened.translate([at(10)])
    assert.deepEqual(opened.translate([at(5), at(10), at(11)]), [['x{host="box-1"}', [11, 11]]])
    assert.deepEqual(opened.translate([at(11)]), [])
    assert.deepEqual(opened.leftOut, { same_labels: 0, out_of_order: 3 })
  })

  test('sends one of several values where two series become the same, and counts the others', () => {
    const opened = open()
    const points = ['a.b', 'a_b'].map((metric, value) =>
      makePoint(value, { series: makeSeries({ metric }) }),
    )
    assert.deepEqual(opened.translate(points), [['a_b{host="box-1"}', [0, 0]]])
    assert.deepEqual(opened.leftOut, { same_labels: 1, out_of_order: 0 })
  })
})
