import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makePoint, makeSeries } from '../../../test/agent/points.ts'
import { makeDistribution, makeSketch } from '../../../test/agent/sketches.ts'
import type { Point } from '../../model/series.ts'
import type { Sketch } from '../../model/sketch.ts'
import { decodeProto } from './decode-proto.ts'
import { encodeMetrics } from './encode-metrics.ts'
import { metricsRequest, type Attribute, type OtlpMetrics } from './messages.ts'

const timeMs = 1_795_000_000_000
const timeNs = 1_795_000_000_000_000_000n

/** As our own intake reads it. */
function roundTrip(
  points: readonly Point[],
  sketches: readonly Sketch[] = [],
): OtlpMetrics['resourceMetrics'] {
  const bytes = encodeMetrics({ points, sketches }, { name: 'vigie', version: '1.2.3' })
  return decodeProto(bytes, metricsRequest, 'the OTLP metrics').resourceMetrics
}

function valuesOf(attributes: readonly Attribute[] = []): unknown {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value]))
}

describe('encodeMetrics()', () => {
  test('says a gauge with its host, its tags and its time', () => {
    const series = makeSeries({ metric: 'docker.cpu.usage', tags: ['a:1', 'a:2', 'b'] })
    const [resource, ...others] = roundTrip([makePoint(2.5, { series })])
    assert.equal(others.length, 0)
    assert.deepEqual(valuesOf(resource?.resource?.attributes), { 'host.name': 'box-1' })
    const [scope] = resource?.scopeMetrics ?? []
    assert.deepEqual({ ...scope?.scope }, { name: 'vigie', version: '1.2.3' })
    const [metric] = scope?.metrics ?? []
    assert.equal(metric?.name, 'docker.cpu.usage')
    const [point] = metric.gauge?.dataPoints ?? []
    assert.deepEqual([point?.timeUnixNano, point?.asDouble], [timeNs, 2.5])
    assert.deepEqual(valuesOf(point?.attributes), { a: '1,2', b: 'true' })
  })

  test('says a count as what came between two times', () => {
    const series = makeSeries({ metric: 'hits', kind: 'count', intervalS: 10 })
    const metric = roundTrip([makePoint(7, { series })])[0]?.scopeMetrics[0]?.metrics[0]
    assert.deepEqual([metric?.sum?.aggregationTemporality, metric?.sum?.isMonotonic], [1, true])
    const [point] = metric?.sum?.dataPoints ?? []
    assert.deepEqual(
      [point?.startTimeUnixNano, point?.timeUnixNano, point?.asDouble],
      [timeNs, timeNs + 10_000_000_000n, 7],
    )
  })

  test('says a rate as a gauge, with the sign of its value', () => {
    const series = makeSeries({ kind: 'rate' })
    const metric = roundTrip([makePoint(-0.5, { series })])[0]?.scopeMetrics[0]?.metrics[0]
    assert.equal(metric?.gauge?.dataPoints[0]?.asDouble, -0.5)
  })

  test('says a distribution as a summary', () => {
    const series = makeDistribution({ metric: 'wait', tags: ['k:v'] })
    const sketch = makeSketch([1, 2, 3, 4], { series, timeMs })
    const metric = roundTrip([], [sketch])[0]?.scopeMetrics[0]?.metrics[0]
    const [point] = metric?.summary?.dataPoints ?? []
    assert.deepEqual([point?.count, point?.sum], [4, 10])
    assert.deepEqual(valuesOf(point?.attributes), { k: 'v' })
    const quantiles = point?.quantileValues.map(({ quantile, value }) => [quantile, value])
    assert.deepEqual(quantiles?.[0], [0, 1])
    assert.deepEqual(quantiles?.at(-1), [1, 4])
    assert.equal(quantiles?.length, 6)
  })

  test('puts points of one metric together, and hosts apart', () => {
    const point = (metric: string, host: string, tag: string): Point =>
      makePoint(1, { series: makeSeries({ metric, host, tags: [tag] }) })
    const resources = roundTrip([
      point('a', 'one', 't:1'),
      point('a', 'one', 't:2'),
      point('b', 'one', 't:1'),
      point('a', 'two', 't:1'),
      point('a', '', 't:1'),
    ])
    assert.deepEqual(
      resources.map(({ resource, scopeMetrics }) => [
        valuesOf(resource?.attributes),
        scopeMetrics[0]?.metrics.map(({ name, gauge }) => `${name} ${gauge?.dataPoints.length}`),
      ]),
      [
        [{ 'host.name': 'one' }, ['a 2', 'b 1']],
        [{ 'host.name': 'two' }, ['a 1']],
        [{}, ['a 1']],
      ],
    )
  })

  test('is empty for nothing', () => assert.deepEqual(roundTrip([]), []))
})
