import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  encodeRequestV2,
  encodeWriteRequest,
  type SampleWriteSeries,
} from '../../../test/prometheus/encode-write-request.ts'
import { lengthDelimited } from '../../../test/server/encode-metric-payload.ts'
import { KnownSeries } from '../datadog-series/known-series.ts'
import { WireError } from '../wire-error.ts'
import { seriesFromLabels, type Label } from './series-from-labels.ts'
import { walkRequestV2 } from './walk-request-v2.ts'
import { walkWriteRequest } from './walk-write-request.ts'

const series: readonly SampleWriteSeries[] = [
  {
    labels: [['__name__', 'up'], ['job', 'node']],
    samples: [[1000, 1], [2001, 0]],
    staleAtMs: [3000],
  },
  { labels: [['__name__', 'load1'], ['job', 'node']], samples: [[1500, -2.5]], exemplars: 1 },
  { labels: [['__name__', 'sizes'], ['job', 'up']], histograms: 2 },
] // prettier-ignore

const readers = [
  { version: '1.0', walk: walkWriteRequest<string>, encode: encodeWriteRequest },
  { version: '2.0', walk: walkRequestV2<string>, encode: encodeRequestV2 },
] as const

const nameOf = (labels: readonly Label[]): string => labels.map((pair) => pair.join('=')).join()

for (const { version, walk, encode } of readers) {
  describe(`remote write ${version}`, () => {
    test('is read the same whether its series are known or not', () => {
      const known = new KnownSeries<string>(1024 * 1024)
      let asked = 0
      const identify = (labels: readonly Label[]): string => {
        asked += 1
        return nameOf(labels)
      }
      for (const order of [series, series, series.toReversed(), [...series, ...series]]) {
        const { points, ...others } = walk(encode(order), known, identify)
        const rows = points.series.map((one, n) => [one, points.timesS[n], points.values[n]])
        const expected = order.flatMap(({ labels, samples = [] }) =>
          samples.map(([timeMs, value]) => [nameOf(labels), timeMs / 1000, value]),
        )
        assert.deepEqual(rows, expected)
        const times = order.length / series.length
        assert.deepEqual(
          { ...others },
          { staleMarkers: times, histograms: 2 * times, exemplars: times, metadata: 0 },
        )
      }
      assert.equal(asked, series.length)
    })

    test('fails on broken bytes with nothing but what it is for', () => {
      const whole = encode(series)
      let state = 1
      const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0)
      const known = new KnownSeries<string>(64 * 1024)
      for (let round = 0; round < 5000; round++) {
        const broken = Buffer.from(whole.subarray(0, 1 + (random() % whole.length)))
        for (let n = 0; n <= round % 3; n++) broken[random() % broken.length] = random() >>> 24
        try {
          const { points } = walk(broken, known, nameOf)
          assert.equal(points.series.length, points.length)
        } catch (error) {
          assert.ok(error instanceof WireError, String(error))
        }
      }
    })
  })
}

describe('remote write 2.0', () => {
  const read = (bytes: Buffer): number =>
    walkRequestV2(bytes, new KnownSeries<string>(1024), nameOf).points.length

  test('has its symbols anywhere, and references one by one', () => {
    assert.equal(read(encodeRequestV2(series, { symbolsLast: true, isPacked: false })), 3)
  })

  test('is refused when a reference leads nowhere, or a label has no value', () => {
    const oneSymbol = lengthDelimited(4, '')
    const of = (...refs: number[]): Buffer =>
      Buffer.concat([oneSymbol, lengthDelimited(5, lengthDelimited(1, Buffer.from(refs)))])
    assert.throws(() => read(of(0, 1)), /symbol 1 is meant, and there are 1$/)
    assert.throws(() => read(of(0)), /the last label of a series has no value/)
  })

  test('tells apart series whose texts together have the same letters', () => {
    const known = new KnownSeries<string>(1024)
    const labels = [[['__name__', 'a'], ['b', 'cd']], [['__name__', 'ab'], ['c', 'd']]] as const // prettier-ignore
    const bytes = encodeRequestV2(labels.map((own) => ({ labels: own, samples: [[1, 1]] })))
    assert.deepEqual(walkRequestV2(bytes, known, nameOf).points.series, labels.map(nameOf))
  })
})

describe('seriesFromLabels()', () => {
  test('keeps labels as they are, but for empty ones', () => {
    assert.deepEqual(
      seriesFromLabels([
        ['__name__', 'job:up:sum'],
        ['empty', ''],
        ['host', 'Node-1'],
        ['path', '/A b,{c}:d'],
      ]),
      {
        metric: 'job:up:sum',
        kind: 'gauge',
        host: 'Node-1',
        tags: ['path:/A b,{c}:d'],
        intervalS: 0,
      },
    )
  })

  for (const [name, labels, fault] of [
    ['no name', [['job', 'a']], 'name'],
    ['a name of 201 characters', [['__name__', 'a'.repeat(201)]], 'name'],
    [
      'a label twice',
      [
        ['__name__', 'a'],
        ['b', '1'],
        ['b', '1'],
      ],
      'labels',
    ],
    [
      'a label without a name',
      [
        ['__name__', 'a'],
        ['', '1'],
      ],
      'labels',
    ],
    [
      'a value of 2,049 characters',
      [
        ['__name__', 'a'],
        ['b', 'x'.repeat(2049)],
      ],
      'labels',
    ],
    [
      '101 labels',
      [['__name__', 'a'], ...Array.from({ length: 100 }, (_one, n) => [`l${n}`, '1'] as const)],
      'labels',
    ],
  ] as const) {
    // prettier-ignore
    test(`refuses a series with ${name}`, () => {
      assert.equal(seriesFromLabels(labels), fault)
    })
  }

  test('takes no text with blanks for a host', () => {
    const labels = [['__name__', 'a'], ['host', ' h']] as const // prettier-ignore
    assert.deepEqual(seriesFromLabels(labels), {
      metric: 'a', kind: 'gauge', host: '', tags: ['host: h'], intervalS: 0,
    }) // prettier-ignore
  })
})
