import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makePoint, makeSeries } from '../../../test/agent/points.ts'
import { encodeJsonSeries } from './encode-json-series.ts'

describe('encodeJsonSeries()', () => {
  test('writes the names of the intake, times in whole seconds', () => {
    const tags = ['größe:"1"', 'device:eth0']
    const series = makeSeries({ metric: 'system.net.bytes_rcvd', tags, intervalS: 15 })
    const points = [
      makePoint(12.5, { series, timeMs: 1_795_000_000_999 }),
      makePoint(1e-300, { series: makeSeries({ metric: 'm', kind: 'count', intervalS: 10 }) }),
    ]
    assert.deepEqual(JSON.parse(encodeJsonSeries(points)), {
      series: [
        {
          metric: 'system.net.bytes_rcvd',
          points: [[1_795_000_000, 12.5]],
          tags: ['größe:"1"', 'device:eth0'],
          host: 'box-1',
          type: 'gauge',
          interval: 15,
          source_type_name: 'System',
        },
        {
          metric: 'm',
          points: [[1_795_000_000, 1e-300]],
          tags: [],
          host: 'box-1',
          type: 'count',
          interval: 10,
        },
      ],
    })
  })

  test('gives the same text for a series it knows as for a new one', () => {
    const series = makeSeries({ tags: ['a:1'] })
    const first = encodeJsonSeries([makePoint(1, { series })])
    assert.equal(encodeJsonSeries([makePoint(1, { series })]), first)
  })
})
