import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makePoint, makeSeries } from '../../../test/agent/points.ts'
import type { Point, Series } from '../../model/series.ts'
import { encodeSeries, maxPayloadBytes } from './encode-series.ts'
import { KnownSeries } from './known-series.ts'
import { walkSeries } from './walk-series.ts'

/** One field of a protobuf message, read by nothing but the rules of the encoding. */
interface Field {
  readonly number: number
  readonly value: number | Buffer
}

function readFields(message: Buffer): readonly Field[] {
  const fields: Field[] = []
  let at = 0
  const varint = (): number => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = message.readUInt8(at++)
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  const take = (length: number): Buffer => {
    assert.ok(at + length <= message.length, 'a field ends behind its message')
    at += length
    return message.subarray(at - length, at)
  }
  while (at < message.length) {
    const tag = varint()
    const number = tag >>> 3
    if ((tag & 7) === 0) fields.push({ number, value: varint() })
    else if ((tag & 7) === 1) fields.push({ number, value: take(8).readDoubleLE() })
    else if ((tag & 7) === 2) fields.push({ number, value: take(varint()) })
    else assert.fail(`wire type ${tag & 7} has no place in a MetricPayload`)
  }
  return fields
}

function messages(message: Buffer, number: number): readonly Buffer[] {
  return readFields(message).flatMap((field) =>
    field.number === number && Buffer.isBuffer(field.value) ? [field.value] : [],
  )
}

function numberOf(message: Buffer, number: number): number | undefined {
  const value = readFields(message).find((field) => field.number === number)?.value
  return typeof value === 'number' ? value : undefined
}

/** The whole payload, by the field numbers of Datadog's `agent_payload.proto`. */
function readPayload(payload: Buffer): unknown {
  return messages(payload, 1).map((series) => ({
    resources: messages(series, 1).map((one) => [1, 2].map((n) => String(messages(one, n)[0]))),
    metric: messages(series, 2).map(String),
    tags: messages(series, 3).map(String),
    points: messages(series, 4).map((point) => [numberOf(point, 1), numberOf(point, 2)]),
    type: numberOf(series, 5),
    interval: numberOf(series, 8),
  }))
}

function encodeOne(...points: readonly Point[]): Buffer {
  const payloads = [...encodeSeries(points)]
  assert.equal(payloads.length, 1)
  assert.equal(payloads[0]?.count, points.length)
  return payloads[0]?.body ?? Buffer.alloc(0)
}

const cpu = makeSeries({ metric: 'docker.cpu.usage', tags: ['a:1', 'größe:€'], intervalS: 15 })

describe('encodeSeries()', () => {
  test('writes what the proto asks for, times in whole seconds', () => {
    const payload = encodeOne(makePoint(12.5, { series: cpu, timeMs: 1_795_189_550_999 }))
    assert.deepEqual(readPayload(payload), [
      {
        resources: [['host', 'box-1']],
        metric: ['docker.cpu.usage'],
        tags: ['a:1', 'größe:€'],
        points: [[12.5, 1_795_189_550]],
        type: 3,
        interval: 15,
      },
    ])
  })

  test('writes these very bytes', () => {
    const series = makeSeries({ metric: 'm', host: 'h', tags: ['t'], kind: 'count', intervalS: 1 })
    const payload = encodeOne(makePoint(1, { series, timeMs: 2000 }))
    const pieces = [
      ['0a22', 'a series of 34 bytes'],
      ['0a09', 'its resource'],
      ['0a04686f7374', 'of type "host"'],
      ['120168', 'named "h"'],
      ['12016d', 'metric "m"'],
      ['1a0174', 'tag "t"'],
      ['2801', 'COUNT'],
      ['4001', 'every second'],
      ['220b', 'a point'],
      ['09000000000000f03f', 'of 1.0'],
      ['1002', 'at second 2'],
    ]
    assert.equal(payload.toString('hex'), pieces.map(([hex]) => hex).join(''))
  })

  for (const [kind, type] of [
    ['count', 1],
    ['rate', 2],
    ['gauge', 3],
  ] as const) {
    test(`calls a ${kind} ${type}`, () => {
      const [series] = messages(encodeOne(makePoint(1, { series: makeSeries({ kind }) })), 1)
      assert.equal(numberOf(series ?? Buffer.alloc(0), 5), type)
    })
  }

  for (const value of [0, -1.25, 1e-300, Number.MAX_VALUE, 2 ** 53 - 1]) {
    test(`keeps the value ${value}`, () => {
      const [series] = messages(encodeOne(makePoint(value)), 1)
      const [point] = messages(series ?? Buffer.alloc(0), 4)
      assert.equal(numberOf(point ?? Buffer.alloc(0), 1), value)
    })
  }

  test('gives the same bytes for a series it knows as for a new one', () => {
    const first = encodeOne(makePoint(1, { series: cpu }))
    const known = encodeOne(makePoint(1, { series: cpu }))
    const anew = encodeOne(makePoint(1, { series: { ...cpu } }))
    assert.deepEqual(known, first)
    assert.deepEqual(anew, first)
  })

  test('begins a new payload after 10,000 points', () => {
    const series = makeSeries()
    const points = Array.from({ length: 25_001 }, (_one, at) => makePoint(at, { series }))
    const payloads = [...encodeSeries(points)]
    assert.deepEqual(
      payloads.map(({ count }) => count),
      [10_000, 10_000, 5001],
    )
    const lengths = payloads.map(({ body }) => messages(body, 1).length)
    assert.deepEqual(lengths, [10_000, 10_000, 5001])
  })

  test('begins a new payload before one grows far beyond 5 MB', () => {
    const series = makeSeries({ tags: ['x'.repeat(100_000)] })
    const points = Array.from({ length: 120 }, (_one, at) => makePoint(at, { series }))
    const sizes = [...encodeSeries(points)].map(({ body }) => body.length)
    assert.ok(sizes.length >= 2)
    for (const size of sizes) assert.ok(size <= maxPayloadBytes + 110_000, `${size} bytes`)
  })

  test('makes no payload of no points', () => assert.deepEqual([...encodeSeries([])], []))

  test('starts clean when the reader before left early', () => {
    const fails = function* (): Generator<Point> {
      yield makePoint(1, { series: cpu })
      throw new Error('no more')
    }
    assert.throws(() => [...encodeSeries(fails())])
    assert.equal(messages(encodeOne(makePoint(1)), 1).length, 1)
  })

  test('is read by our own intake as it was meant', () => {
    const points = [
      makePoint(12.5, { series: cpu }),
      makePoint(7, { series: makeSeries({ kind: 'rate', tags: [] }) }),
      makePoint(13.5, { series: cpu, timeMs: 1_795_000_001_000 }),
    ]
    const known = new KnownSeries<Series>(1_000_000)
    const read = walkSeries(encodeOne(...points), known, (series) => series)
    const seen = Array.from({ length: read.length }, (_one, at) => ({
      kind: 'point',
      series: read.series[at],
      value: read.values[at],
      timeMs: (read.timesS[at] ?? 0) * 1000,
    }))
    assert.deepEqual(seen, points)
  })
})
