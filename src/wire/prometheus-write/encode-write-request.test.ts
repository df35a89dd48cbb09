import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { uncompress } from 'snappyjs'
import { makeLabels } from '../../model/prometheus/labels.ts'
import { KnownSeries } from '../datadog-series/known-series.ts'
import { encodeWriteRequest, type WriteSeries } from './encode-write-request.ts'
import { walkWriteRequest } from './walk-write-request.ts'

/** Each sample with its labels, as our own intake reads them. */
function readBack(body: Buffer): readonly unknown[] {
  const known = new KnownSeries<string>(65_536)
  const { points } = walkWriteRequest(uncompress(body), known, (labels) =>
    labels.map(([name, value]) => `${name}=${value}`).join(' '),
  )
  return Array.from({ length: points.length }, (_, at) => [
    points.series[at],
    points.timesS[at],
    points.values[at],
  ])
}

const cpu: WriteSeries = {
  labels: makeLabels([
    ['__name__', 'docker_cpu_usage'],
    ['container_name', 'wéb'],
  ]),
  samples: [
    { value: 1.5, timeMs: 1_795_000_000_001 },
    { value: -2, timeMs: 1_795_000_015_000 },
  ],
}

describe('encodeWriteRequest()', () => {
  test('is read as it was meant', () => {
    const up: WriteSeries = {
      labels: [['__name__', 'up']],
      samples: [{ value: 0, timeMs: 1_795_000_000_000 }],
    }
    assert.deepEqual(readBack(encodeWriteRequest([cpu, up])), [
      ['__name__=docker_cpu_usage container_name=wéb', 1_795_000_000.001, 1.5],
      ['__name__=docker_cpu_usage container_name=wéb', 1_795_000_015, -2],
      ['__name__=up', 1_795_000_000, 0],
    ])
  })

  test('writes the bytes that protobuf wants', () => {
    const body = encodeWriteRequest([
      { labels: [['a', 'b']], samples: [{ value: 1, timeMs: 300 }] },
    ])
    assert.equal(
      Buffer.from(uncompress(body)).toString('hex'),
      // series { label { "a", "b" }, sample { 1, 300 } }
      '0a160a060a0161120162120c09000000000000f03f10ac02',
    )
  })

  test('packs what repeats', () => {
    const many = Array.from({ length: 1000 }, () => cpu)
    const body = encodeWriteRequest(many)
    assert.ok(body.length < uncompress(body).length / 4)
    assert.equal(readBack(body).length, 2000)
  })

  test('does not keep samples of an earlier call', () => {
    encodeWriteRequest([cpu])
    assert.deepEqual(readBack(encodeWriteRequest([])), [])
  })
})
