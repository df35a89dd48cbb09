import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeSeriesV1, decodeSeriesV2 } from './decode-json.ts'

function bytes(body: unknown): Buffer {
  return Buffer.from(JSON.stringify(body))
}

describe('decodeSeriesV1()', () => {
  test('reads a series with everything in it', () => {
    const decoded = decodeSeriesV1(
      bytes({
        series: [
          {
            metric: 'docker.net.bytes_rcvd',
            points: [
              [1_790_000_000.5, 12],
              [1_790_000_001, -3.25],
            ],
            type: 'rate',
            host: 'debian-1',
            device: 'eth0',
            tags: ['a:b'],
            interval: 10,
            source_type_name: 'System',
          },
        ],
      }),
    )
    assert.deepEqual(decoded, [
      {
        series: {
          metric: 'docker.net.bytes_rcvd',
          kind: 'rate',
          host: 'debian-1',
          tags: ['a:b', 'device:eth0'],
          intervalS: 10,
        },
        points: [
          { timeS: 1_790_000_000.5, value: 12 },
          { timeS: 1_790_000_001, value: -3.25 },
        ],
      },
    ])
  })

  test('takes a series with nothing but name and points, and null for what is absent', () => {
    const bare = { metric: 'm', points: [[1, 2]] }
    const nulls = { ...bare, type: null, host: null, device: null, tags: null, interval: null }
    const expected = { metric: 'm', kind: 'gauge', host: '', tags: [], intervalS: 0 }
    for (const { series } of decodeSeriesV1(bytes({ series: [bare, nulls] }))) {
      assert.deepEqual(series, expected)
    }
  })

  test('finds none in the empty object by which agents try the route', () => {
    assert.deepEqual(decodeSeriesV1(bytes({})), [])
    assert.deepEqual(decodeSeriesV2(bytes({})), [])
  })

  const faults: [string, unknown, RegExp][] = [
    [
      'series that are none',
      { series: 1 },
      /^Cannot read the series: series: expected array, received number$/,
    ],
    [
      'a body that is a list',
      [],
      /^Cannot read the series: the body: expected object, received array$/,
    ],
    [
      'a name that is a number',
      { series: [{ metric: 1, points: [] }] },
      /series\[0\]\.metric: expected string, received number/,
    ],
    ['an empty name', { series: [{ metric: '', points: [] }] }, /series\[0\]\.metric: /],
    [
      'a value that is a text',
      { series: [{ metric: 'm', points: [[1, '2']] }] },
      /series\[0\]\.points\[0\]\[1\]: expected number, received string/,
    ],
    [
      'a point without a value',
      { series: [{ metric: 'm', points: [[1]] }] },
      /series\[0\]\.points\[0\]/,
    ],
    [
      'an unknown type',
      { series: [{ metric: 'm', points: [], type: 'set' }] },
      /series\[0\]\.type: /,
    ],
    [
      'the second of two',
      { series: [{ metric: 'm', points: [] }, { metric: 'm' }] },
      /series\[1\]\.points/,
    ],
  ]
  for (const [name, body, message] of faults) {
    test(`names ${name}`, () => {
      assert.throws(() => decodeSeriesV1(bytes(body)), { name: 'WireError', message })
    })
  }

  test('says that a body is not JSON', () => {
    for (const text of [
      '',
      '{"series":',
      'NaN',
      '\0\0',
      '{"series":[{"metric":"m","points":[[1,NaN]]}]}',
    ]) {
      assert.throws(() => decodeSeriesV1(Buffer.from(text)), {
        name: 'WireError',
        message: /^Cannot read the series: not JSON: /,
      })
    }
  })
})

describe('decodeSeriesV2()', () => {
  test('reads types, resources and points', () => {
    const decoded = decodeSeriesV2(
      bytes({
        series: [0, 1, 2, 3].map((type) => ({
          metric: 'm',
          type,
          points: [{ timestamp: 1_790_000_000, value: type }],
          resources: [
            { type: 'host', name: 'debian-1' },
            { type: 'device', name: 'sda' },
          ],
          tags: ['a:b'],
          interval: 1,
          metadata: { origin: { product: 10 } },
        })),
      }),
    )
    assert.deepEqual(
      decoded.map(({ series }) => series.kind),
      ['gauge', 'count', 'rate', 'gauge'],
    )
    assert.deepEqual(decoded[2], {
      series: {
        metric: 'm',
        kind: 'rate',
        host: 'debian-1',
        tags: ['a:b', 'device:sda'],
        intervalS: 1,
      },
      points: [{ timeS: 1_790_000_000, value: 2 }],
    })
  })

  test('names a fault', () => {
    const body = { series: [{ metric: 'm', type: 4, points: [{ timestamp: 1 }] }] }
    assert.throws(() => decodeSeriesV2(bytes(body)), {
      message: /series\[0\]\.points\[0\]\.value: expected number, received undefined/,
    })
    assert.throws(() => decodeSeriesV2(bytes({ series: [{ metric: 'm', type: 4, points: [] }] })), {
      message: /series\[0\]\.type: .*0\|1\|2\|3/,
    })
  })
})
