import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeDistribution, makeSketch } from '../../../test/agent/sketches.ts'
import { lengthDelimited, varint } from '../../../test/server/encode-metric-payload.ts'
import type { SeriesIdentity } from '../../model/series.ts'
import { KnownSeries } from '../datadog-series/known-series.ts'
import { WireError } from '../wire-error.ts'
import { decodeSketches, type SketchOf } from './decode-sketches.ts'
import { encodeSketches } from './encode-sketches.ts'

function decode(
  payload: Buffer,
  known = new KnownSeries<SeriesIdentity>(1 << 20),
): SketchOf<SeriesIdentity>[] {
  return decodeSketches(payload, known, (series) => series)
}

/** A payload with one sketch of the metric `m`, its bins as they are given. */
function payloadOf(...bins: Buffer[]): Buffer {
  const count = Buffer.from([...varint(2 << 3), 9])
  const dogsketch = lengthDelimited(7, Buffer.concat([count, ...bins]))
  return lengthDelimited(1, Buffer.concat([lengthDelimited(1, 'm'), dogsketch]))
}

function packed(field: number, numbers: readonly number[]): Buffer {
  return lengthDelimited(field, Buffer.from(numbers.flatMap((number) => varint(number))))
}

function binsOf(payload: Buffer): unknown {
  return decode(payload).map(({ keys, counts }) => [[...keys], [...counts]])
}

const zigzag = (key: number): number => (key < 0 ? -2 * key - 1 : 2 * key)
const keys = (...list: number[]): Buffer => packed(7, list.map(zigzag))
const counts = (...list: number[]): Buffer => packed(8, list)

describe('decodeSketches()', () => {
  test('reads a payload that was written out by hand', () => {
    // sketches { metric "m" host "h" tags "a:b" dogsketches { ts 1700000000 cnt 3 min -1 max 1 avg 0.5 sum 1.5
    //            k [-1338, 0, 1338] n [1, 1, 1] } }, as an agent writes it
    const bytes = Buffer.from(
      '0a45' +
        '0a016d' +
        '120168' +
        '2203613a62' +
        '3a38' +
        '0880e2cfaa06' +
        '1003' +
        '19000000000000f0bf' +
        '21000000000000f03f' +
        '29000000000000e03f' +
        '31000000000000f83f' +
        '3a05f31400f414' +
        '4203010101' +
        '1200',
      'hex',
    )
    assert.deepEqual(decode(bytes), [
      {
        series: { metric: 'm', host: 'h', tags: ['a:b'], intervalS: 10 },
        timeS: 1_700_000_000,
        count: 3,
        min: -1,
        max: 1,
        avg: 0.5,
        sum: 1.5,
        keys: Int16Array.of(-1338, 0, 1338),
        counts: Uint32Array.of(1, 1, 1),
      },
    ])
  })

  test('reads what our own agent writes', () => {
    const series = makeDistribution({ tags: ['env:prod', 'größe:€'] })
    const sketches = [
      makeSketch([1, 2, 3, 1000], { series, timeMs: 1_790_000_000_000 }),
      makeSketch([-5, 0, 1e-9, 1e300], { timeMs: 1_790_000_010_000 }),
      makeSketch(
        Array.from({ length: 5000 }, (_one, n) => n * 0.37),
        { series },
      ),
    ]
    const [payload] = encodeSketches(sketches)
    const read = decode(payload?.body ?? Buffer.alloc(0)).map(({ timeS, ...sketch }) => ({
      kind: 'sketch',
      ...sketch,
      timeMs: timeS * 1000,
      keys: [...sketch.keys],
      counts: [...sketch.counts],
    }))
    assert.deepEqual(read, sketches)
  })

  test('puts bins in order, each once: agents tell a full bin in several pieces', () => {
    const payload = payloadOf(keys(7, 5, 7, -3, 5), counts(1, 65_535, 2, 4, 70_000))
    assert.deepEqual(binsOf(payload), [
      [
        [-3, 5, 7],
        [4, 135_535, 3],
      ],
    ])
  })

  test('reads numbers that are not packed', () => {
    const payload = payloadOf(
      Buffer.from([...varint(7 << 3), ...varint(zigzag(-300)), ...varint(8 << 3), 2]),
      Buffer.from([...varint(7 << 3), ...varint(zigzag(4)), ...varint(8 << 3), 1]),
    )
    assert.deepEqual(binsOf(payload), [
      [
        [-300, 4],
        [2, 1],
      ],
    ])
  })

  test('leaves out bins and sketches without values', () => {
    assert.deepEqual(binsOf(payloadOf(keys(1, 2), counts(0, 3))), [[[2], [3]]])
    assert.deepEqual(binsOf(payloadOf(keys(1), counts(0))), [])
    assert.deepEqual(binsOf(payloadOf()), [])
  })

  test('gives the same object for a series that comes again', () => {
    const known = new KnownSeries<SeriesIdentity>(1 << 20)
    const tags = ['a:b']
    const sketches = [makeSketch([1]), makeSketch([2], { series: makeDistribution({ tags }) })]
    const [payload] = encodeSketches([...sketches, ...sketches])
    const read = decode(payload?.body ?? Buffer.alloc(0), known)
    assert.equal(read[2]?.series, read[0]?.series)
    assert.equal(read[3]?.series, read[1]?.series)
    assert.equal(known.counts().misses, 2)
  })

  test('keeps nothing of a series that is not to be kept', () => {
    const [payload] = encodeSketches([makeSketch([1])])
    const known = new KnownSeries<SeriesIdentity>(1 << 20)
    assert.deepEqual(
      decodeSketches(payload?.body ?? Buffer.alloc(0), known, () => undefined),
      [],
    )
    assert.equal(known.counts().bytes, 0)
  })

  const many = Array.from({ length: 65_537 }, () => 2)
  const malformed: readonly (readonly [string, Buffer, RegExp])[] = [
    ['fewer counts than keys', payloadOf(keys(1, 2), counts(1)), /2 keys and 1 counts$/],
    ['a key that no value has', payloadOf(keys(32_768), counts(1)), /a key is 32768$/],
    ['a key far below', payloadOf(keys(-2_000_000_000), counts(1)), /a key is -2000000000$/],
    ['too many bins', payloadOf(packed(7, many), packed(8, many)), /more than 65536 bins$/],
    ['a count of 2^40', payloadOf(keys(1), counts(2 ** 40)), /more than 32 bits$/],
    ['a number cut off', payloadOf(lengthDelimited(7, Buffer.from([0x80]))), /is cut off$/],
    ['a length past the end', Buffer.from([0x0a, 0x7f, 1, 2]), /a length is 127/],
    ['JSON', Buffer.from('{"sketches":[]}'), /at byte \d+ /],
  ]
  for (const [name, bytes, seen] of malformed) {
    test(`refuses ${name}`, () => {
      assert.throws(
        () => decode(bytes),
        (error: Error) => {
          assert.ok(error instanceof WireError)
          assert.match(error.message, /^Cannot read the protobuf SketchPayload: at byte \d+ /)
          assert.match(error.message, seen)
          return true
        },
      )
    })
  }

  test('refuses more sketches than any agent sends', () => {
    const one = lengthDelimited(7, Buffer.concat([Buffer.from([16, 1]), keys(1), counts(1)]))
    const payload = lengthDelimited(1, Buffer.concat(Array.from({ length: 100_001 }, () => one)))
    assert.throws(() => decode(payload), /there are more than 100000 sketches$/)
  })

  test('answers any damage with a WireError or with sketches, never with anything else', () => {
    const [payload] = encodeSketches([makeSketch([1, 2, 3]), makeSketch([-1, 0, 1e6])])
    const good = payload?.body ?? Buffer.alloc(0)
    let state = 42
    const random = (bound: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return (state >>> 8) % bound
    }
    let refused = 0
    for (let round = 0; round < 5000; round++) {
      const bytes = Buffer.from(good.subarray(0, 1 + random(good.length)))
      for (let changes = random(4); changes >= 0; changes--)
        bytes[random(bytes.length)] = random(256)
      try {
        for (const { keys: found, counts: of } of decode(bytes))
          assert.equal(found.length, of.length)
      } catch (error) {
        assert.ok(error instanceof WireError, String(error))
        refused++
      }
    }
    assert.ok(refused > 1000, `${refused} refused`)
  })
})
