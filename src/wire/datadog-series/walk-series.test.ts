import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  encodeMetricPayload,
  lengthDelimited,
  varint,
} from '../../../test/server/encode-metric-payload.ts'
import type { Series } from '../../model/series.ts'
import { WireError } from '../wire-error.ts'
import { encodeSeries } from './encode-series.ts'
import { KnownSeries } from './known-series.ts'
import type { PointList } from './point-list.ts'
import { walkSeries } from './walk-series.ts'

const web = {
  metric: 'docker.cpu.usage',
  host: 'debian-1',
  tags: ['container_id:aa', 'runtime:docker'],
  type: 3,
  interval: 1,
  points: [{ value: 12.5, timestamp: 1_790_000_000 }],
}

function walk(payload: Buffer, known = new KnownSeries<Series>(1 << 20)): PointList<Series> {
  return walkSeries(payload, known, (series) => series)
}

describe('walkSeries()', () => {
  test('reads a payload that was written out by hand', () => {
    // series { resources { type "host" name "h" } metric "m" tags "a:b" points { value 1.5 timestamp 1700000000 }
    //          type GAUGE interval 10 }
    const bytes = Buffer.from(
      '0a30' +
        '0a090a04686f7374120168' +
        '12016d' +
        '1a03613a62' +
        '220f09000000000000f83f1080e2cfaa06' +
        '2803' +
        '400a' +
        '9a06050102030405',
      'hex',
    )
    const points = walk(bytes)
    assert.deepEqual(points.series, [
      { metric: 'm', kind: 'gauge', host: 'h', tags: ['a:b'], intervalS: 10 },
    ])
    assert.equal(points.timesS[0], 1_700_000_000)
    assert.equal(points.values[0], 1.5)
  })

  test('reads what our own agent writes', () => {
    const series: Series = {
      metric: 'system.load.1',
      kind: 'rate',
      host: 'h',
      tags: ['a:b', 'c'],
      intervalS: 1,
    }
    const point = { kind: 'point', series, value: 0.25, timeMs: 1_790_000_000_900 } as const
    const [payload] = encodeSeries([point, { ...point, value: 0.5, timeMs: 1_790_000_001_000 }])
    assert.ok(payload)
    const points = walk(payload.body)
    assert.deepEqual(points.series, [series, series])
    assert.deepEqual([...points.timesS.subarray(0, 2)], [1_790_000_000, 1_790_000_001])
    assert.deepEqual([...points.values.subarray(0, 2)], [0.25, 0.5])
  })

  test('reads every point of a series and keeps the order of series', () => {
    const points = walk(
      encodeMetricPayload([
        {
          ...web,
          points: [
            { value: 1, timestamp: 10 },
            { value: -2.25, timestamp: 11 },
          ],
        },
        { ...web, metric: 'other', points: [{ value: 3, timestamp: 12 }] },
      ]),
    )
    assert.deepEqual(
      points.series.map((series) => series?.metric),
      ['docker.cpu.usage', 'docker.cpu.usage', 'other'],
    )
    assert.deepEqual([...points.values.subarray(0, 3)], [1, -2.25, 3])
    assert.deepEqual([...points.timesS.subarray(0, 3)], [10, 11, 12])
  })

  test('turns resources into host and tags, and types into kinds', () => {
    const [count, rate, none] = walk(
      encodeMetricPayload([
        { ...web, type: 1, device: 'eth0' },
        { ...web, type: 2 },
        { metric: 'bare', points: web.points },
      ]),
    ).series
    assert.deepEqual(count?.tags, ['container_id:aa', 'runtime:docker', 'device:eth0'])
    assert.equal(count?.kind, 'count')
    assert.equal(rate?.kind, 'rate')
    assert.deepEqual(none, { metric: 'bare', kind: 'gauge', host: '', tags: [], intervalS: 0 })
  })

  test('gives a series that comes again the same object, wherever its points stand', () => {
    const known = new KnownSeries<Series>(1 << 20)
    const body = [web, { ...web, metric: 'b', pointsFirst: true }, { ...web, metric: 'c' }]
    const first = walk(encodeMetricPayload(body), known)
    const later = body.map((series) => ({
      ...series,
      points: [{ value: 9, timestamp: 1_790_000_001 }],
    }))
    const again = walk(encodeMetricPayload(later), known)
    const shuffled = walk(encodeMetricPayload(later.toReversed()), known)
    for (const [n, series] of first.series.entries()) {
      assert.equal(again.series[n], series)
      assert.equal(shuffled.series[2 - n], series)
    }
    assert.equal(again.values[2], 9)
    assert.equal(known.counts().misses, 3)
    assert.equal(known.counts().hits, 6)
  })

  test('tells series apart that differ in one byte behind the points', () => {
    const known = new KnownSeries<Series>(1 << 20)
    walk(encodeMetricPayload([web, { ...web, metric: 'b' }]), known)
    const changed = walk(encodeMetricPayload([web, { ...web, metric: 'b', interval: 2 }]), known)
    assert.equal(changed.series[1]?.intervalS, 2)
    assert.equal(changed.length, 2)
  })

  test('reads a time below zero and values that are no numbers as they are', () => {
    const points = walk(
      encodeMetricPayload([
        {
          ...web,
          points: [
            { value: Number.NaN, timestamp: -5 },
            { value: Infinity, timestamp: 2 ** 52 },
          ],
        },
      ]),
    )
    assert.deepEqual([...points.timesS.subarray(0, 2)], [-5, 2 ** 52])
    assert.deepEqual([...points.values.subarray(0, 2)], [Number.NaN, Infinity])
  })

  test('skips fields that it does not know, of every wire type', () => {
    const unknown = Buffer.concat([
      Buffer.from([...varint(20 << 3), ...varint(-1)]),
      Buffer.from([...varint((21 << 3) | 1), 1, 2, 3, 4, 5, 6, 7, 8]),
      Buffer.from([...varint((22 << 3) | 5), 1, 2, 3, 4]),
      lengthDelimited(23, 'x'.repeat(300)),
    ])
    const series = Buffer.concat([
      unknown,
      lengthDelimited(2, 'm'),
      lengthDelimited(4, unknown),
      unknown,
    ])
    const points = walk(Buffer.concat([unknown, lengthDelimited(1, series), unknown]))
    assert.equal(points.series[0]?.metric, 'm')
    assert.equal(points.values[0], 0)
  })

  test('keeps nothing of a series that is not to be kept', () => {
    const known = new KnownSeries<Series>(1 << 20)
    const points = walkSeries(encodeMetricPayload([web, web]), known, () => undefined)
    assert.deepEqual(points.series, [undefined, undefined])
    assert.equal(known.counts().bytes, 0)
  })

  const malformed: [string, Buffer][] = [
    ['a length past the end', Buffer.from([0x0a, 0x7f, 1, 2])],
    ['a length of 2^32 - 1', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])],
    ['a length of 2^63', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])],
    ['a number without an end', Buffer.from(Array.from({ length: 20 }, () => 0xff))],
    ['half a double', Buffer.from([0x0a, 5, 0x22, 3, 9, 0, 0])],
    ['a group', Buffer.from([0x0b, 0x0c])],
    ['a point longer than its series', Buffer.from([0x0a, 3, 0x22, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['JSON', Buffer.from('{"series":[]}')],
  ]
  for (const [name, bytes] of malformed) {
    test(`refuses ${name}`, () => {
      assert.throws(() => walk(bytes), {
        name: 'WireError',
        message: /^Cannot read the protobuf MetricPayload: at byte \d+ /,
      })
    })
  }

  test('answers any damage with a WireError or with points, never with anything else', () => {
    const known = new KnownSeries<Series>(1 << 16)
    const good = encodeMetricPayload([
      web,
      { ...web, metric: 'b', device: 'eth0' },
      { ...web, pointsFirst: true },
    ])
    const random = pseudoRandom(42)
    let refused = 0
    for (let round = 0; round < 20_000; round++) {
      const bytes = Buffer.from(good.subarray(0, 1 + random(good.length)))
      for (let changes = random(4); changes >= 0; changes--)
        bytes[random(bytes.length)] = random(256)
      try {
        const points = walk(bytes, known)
        assert.equal(points.series.length, points.length)
      } catch (error) {
        assert.ok(error instanceof WireError, String(error))
        refused++
      }
    }
    assert.ok(refused > 5000, `${refused} refused`)
    assert.ok(known.counts().bytes <= 1 << 16)
    assert.equal(walk(good, known).length, 3)
  })
})

describe('KnownSeries', () => {
  test('stays within its bytes and still knows what is in use', () => {
    const known = new KnownSeries<Series>(64 * 1024)
    const used = encodeMetricPayload([web])
    const object = walk(used, known).series[0]
    for (let n = 0; n < 5000; n++) {
      walk(encodeMetricPayload([{ ...web, metric: `once.${n}` }]), known)
      assert.ok(known.counts().bytes <= 64 * 1024)
      assert.equal(walk(used, known).series[0], object)
    }
  })

  const swarms: Readonly<Record<string, Buffer>> = {
    series: Buffer.alloc(2_000_002, Buffer.of(0x0a, 0)),
    points: lengthDelimited(1, Buffer.alloc(2_000_002, Buffer.of(0x22, 0))),
    tags: lengthDelimited(1, Buffer.alloc(2_000_002, Buffer.of(0x1a, 0))),
  }
  for (const [name, payload] of Object.entries(swarms)) {
    test(`refuses a million ${name} with nothing in them`, () => {
      assert.throws(() => walk(payload), /there are more than 1000000 items; send fewer at once/)
    })
  }

  test('does not keep an identity of more than 64 KiB', () => {
    const known = new KnownSeries<Series>(1 << 20)
    const long = encodeMetricPayload([{ ...web, tags: ['x'.repeat(70_000)] }])
    assert.equal(walk(long, known).series[0]?.tags[0]?.length, 70_000)
    assert.equal(walk(long, known).length, 1)
    assert.deepEqual(known.counts(), { hits: 0, misses: 2, bytes: 0 })
  })
})

/** Numbers below a bound that are the same in every run. */
function pseudoRandom(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % bound
  }
}
