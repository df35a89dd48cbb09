import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makePoint, makeSeries } from '../../../test/agent/points.ts'
import type { Series } from '../../model/series.ts'
import { encodeAgentSeries } from './encode-agent-series.ts'
import { KnownSeries } from './known-series.ts'
import { walkSeries } from './walk-series.ts'

describe('encodeAgentSeries()', () => {
  test('writes these very bytes', () => {
    const tags = ['t', 'device:d']
    const series = makeSeries({ metric: 'docker.uptime', host: 'h', tags, intervalS: 15 })
    const payload = encodeAgentSeries([makePoint(1, { series, timeMs: 2999 })])
    const pieces = [
      ['0a4e', 'a series of 78 bytes'],
      ['0a09', 'its resource'],
      ['0a04686f7374', 'of type "host"'],
      ['120168', 'named "h"'],
      ['0a0b', 'another'],
      ['0a06646576696365', 'of type "device"'],
      ['120164', 'named "d"'],
      ['120d646f636b65722e757074696d65', 'metric "docker.uptime"'],
      ['1a0174', 'tag "t"'],
      ['2803', 'GAUGE'],
      ['3a0653797374656d', 'source type "System"'],
      ['400f', 'every 15 seconds'],
      ['4a09', 'metadata'],
      ['0a07', 'its origin'],
      ['200a', 'product 10: the Agent'],
      ['280b', 'category 11: a check'],
      ['30b701', 'service 183: docker'],
      ['220b', 'a point'],
      ['09000000000000f03f', 'of 1.0'],
      ['1002', 'at second 2'],
    ]
    assert.equal(payload.toString('hex'), pieces.map(([hex]) => hex).join(''))
  })

  test('says of other metrics that they came by DogStatsD', () => {
    const series = makeSeries({ metric: 'm' })
    const payload = encodeAgentSeries([makePoint(1, { series })])
    assert.ok(payload.includes(Buffer.from('4a080a06200a280a3000', 'hex')))
    assert.ok(!payload.includes('System'))
  })

  test('gives the same bytes for a series it knows as for a new one', () => {
    const series = makeSeries({ tags: ['a:1', 'device:x'] })
    const first = encodeAgentSeries([makePoint(1, { series })])
    assert.deepEqual(encodeAgentSeries([makePoint(1, { series })]), first)
    assert.deepEqual(encodeAgentSeries([makePoint(1, { series: { ...series } })]), first)
  })

  test('is read by our own intake as it was meant', () => {
    const points = [
      makePoint(12.5, { series: makeSeries({ metric: 'docker.cpu.usage', tags: ['a:1'] }) }),
      makePoint(7, { series: makeSeries({ kind: 'rate', tags: ['b:2', 'device:sda'] }) }),
    ]
    const known = new KnownSeries<Series>(1_000_000)
    const read = walkSeries(encodeAgentSeries(points), known, (series) => series)
    assert.deepEqual(
      Array.from({ length: read.length }, (_one, at) => [read.series[at], read.values[at]]),
      points.map(({ series, value }) => [series, value]),
    )
  })
})
