import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { lengthDelimited, varint } from '../../../test/server/encode-metric-payload.ts'
import { WireError } from '../wire-error.ts'
import { decodeJson } from './decode-json.ts'
import { decodeProto } from './decode-proto.ts'
import { logsRequest, metricsRequest } from './messages.ts'

/** An `AnyValue` of protobuf. */
const text = (value: string): Buffer => lengthDelimited(1, value)
const int = (value: number): Buffer => Buffer.from([3 << 3, ...varint(value)])
const list = (...values: Buffer[]): Buffer =>
  lengthDelimited(5, Buffer.concat(values.map((one) => lengthDelimited(1, one))))
const pair = (key: string, value: Buffer): Buffer =>
  Buffer.concat([lengthDelimited(1, key), lengthDelimited(2, value)])
const record = (...pairs: Buffer[]): Buffer =>
  lengthDelimited(6, Buffer.concat(pairs.map((one) => lengthDelimited(1, one))))

/** Eight bytes of a field. */
function fixed64(field: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(9, (field << 3) | 1)
  bytes.writeBigUInt64LE(value, 1)
  return bytes
}

const body = record(
  pair('text', text('a')),
  pair('big', Buffer.concat([Buffer.of(3 << 3), Buffer.from('818080808080801f', 'hex')])),
  pair('list', list(int(-1), Buffer.alloc(0))),
  pair('__proto__', Buffer.of(2 << 3, 1)),
  pair('bytes', lengthDelimited(7, Buffer.of(1, 2, 3))),
)
const logRecord = Buffer.concat([
  fixed64(1, 1_790_000_000_000_000_123n),
  Buffer.of(2 << 3, 17),
  lengthDelimited(5, body),
  lengthDelimited(6, pair('k', text('v'))),
  lengthDelimited(9, Buffer.from('5b8efff798038103d269b633813fc60c', 'hex')),
  lengthDelimited(99, 'a field of the future'),
])
const logs = lengthDelimited(1, lengthDelimited(2, lengthDelimited(2, logRecord)))

const logsJson = {
  resourceLogs: [
    {
      scopeLogs: [
        {
          logRecords: [
            {
              timeUnixNano: '1790000000000000123',
              severityNumber: 17,
              body: {
                kvlistValue: {
                  values: [
                    { key: 'text', value: { stringValue: 'a' } },
                    { key: 'big', value: { intValue: '17451448556060673' } },
                    { key: 'list', value: { arrayValue: { values: [{ intValue: -1 }, {}] } } },
                    { key: '__proto__', value: { boolValue: true } },
                    { key: 'bytes', value: { bytesValue: 'AQID' } },
                  ],
                },
              },
              attributes: [{ key: 'k', value: { stringValue: 'v' } }],
              traceId: '5B8EFFF798038103D269B633813FC60C',
              aFieldOfTheFuture: 1,
            },
          ],
        },
      ],
    },
  ],
}

describe('decodeProto() and decodeJson()', () => {
  test('read the same of the same logs', () => {
    const read = decodeProto(logs, logsRequest, 'the OTLP logs')
    assert.deepEqual(decodeJson(Buffer.from(JSON.stringify(logsJson)), logsRequest, 'x'), read)
    const [own] = read.resourceLogs[0]?.scopeLogs[0]?.logRecords ?? []
    assert.equal(own?.timeUnixNano, 1_790_000_000_000_000_123n)
    assert.equal(own.traceId, '5b8efff798038103d269b633813fc60c')
    assert.equal(
      JSON.stringify(own.body),
      '{"text":"a","big":"17451448556060673","list":[-1,null],"__proto__":true,"bytes":"AQID"}',
    )
  })

  test('read numbers of all kinds, packed or not', () => {
    const double = fixed64(7, 0x3ff8_0000_0000_0000n)
    const point = Buffer.concat([
      lengthDelimited(6, Buffer.concat([fixed64(0, 3n).subarray(1), fixed64(0, 4n).subarray(1)])),
      fixed64(6, 5n),
      double,
    ])
    const exponential = Buffer.concat([
      Buffer.of(6 << 3, 3),
      lengthDelimited(
        8,
        Buffer.concat([Buffer.of(1 << 3, 4), lengthDelimited(2, Buffer.of(1, 2))]),
      ),
    ])
    const negative = lengthDelimited(1, fixed64(6, 2n ** 64n - 9n))
    const metric = Buffer.concat([
      lengthDelimited(5, negative),
      lengthDelimited(9, Buffer.concat([lengthDelimited(1, point), Buffer.of(2 << 3, 2)])),
      lengthDelimited(10, lengthDelimited(1, exponential)),
    ])
    const payload = lengthDelimited(1, lengthDelimited(2, lengthDelimited(2, metric)))
    const [read] = decodeProto(payload, metricsRequest, 'x').resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? [] // prettier-ignore
    assert.equal(read?.gauge?.dataPoints[0]?.asInt, -9)
    assert.deepEqual(read.histogram?.dataPoints[0]?.bucketCounts, [3, 4, 5])
    assert.deepEqual(read.histogram.dataPoints[0].explicitBounds, [1.5])
    assert.equal(read.histogram.aggregationTemporality, 2)
    const [own] = read.exponentialHistogram?.dataPoints ?? []
    assert.deepEqual([own?.scale, own?.positive?.offset], [-2, 2])
    assert.deepEqual(own?.positive?.bucketCounts, [1, 2])
  })

  test('refuse values that lie too deep in each other', () => {
    let deep = text('x')
    for (let n = 0; n < 1000; n++) deep = list(deep)
    const asLog = (own: Buffer): Buffer =>
      lengthDelimited(1, lengthDelimited(2, lengthDelimited(2, lengthDelimited(5, own))))
    assert.throws(() => decodeProto(asLog(deep), logsRequest, 'x'), /more than 64 deep/)
    const json = Buffer.from(nest(100))
    assert.throws(() => decodeJson(json, logsRequest, 'x'), /body holds values more than 64 deep/)
  })

  test('refuse what is small on the wire and large in memory', () => {
    const many = lengthDelimited(1, Buffer.alloc(2_000_004, Buffer.of((2 << 3) | 2, 0)))
    assert.throws(() => decodeProto(many, metricsRequest, 'x'), /more than 1,000,000 values/)
  })

  test('fail on broken bytes with nothing but what they are for', () => {
    let state = 1
    const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0)
    for (let round = 0; round < 4000; round++) {
      const broken = Buffer.from(logs.subarray(0, 1 + (random() % logs.length)))
      for (let n = 0; n <= round % 3; n++) broken[random() % broken.length] = random() >>> 24
      for (const message of [logsRequest, metricsRequest]) {
        try {
          decodeProto(broken, message, 'x')
        } catch (error) {
          assert.ok(error instanceof WireError, String(error))
        }
      }
    }
  })

  test('fail on JSON of other kinds with nothing but what they are for', () => {
    for (const wrong of [1, 'a', true, [], {}, [1], [{}], { values: 1 }, null]) {
      for (const name of ['timeUnixNano', 'severityNumber', 'body', 'attributes', 'traceId']) {
        const one = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ [name]: wrong }] }] }] }
        try {
          decodeJson(Buffer.from(JSON.stringify(one)), logsRequest, 'x')
        } catch (error) {
          assert.ok(error instanceof WireError, String(error))
        }
      }
    }
  })
})

/** A log whose body is a list in a list in a list. */
function nest(depth: number): string {
  const [open, close] = ['{"arrayValue":{"values":[', ']}}']
  const deep = `${open.repeat(depth)}${close.repeat(depth)}`
  return `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${deep}}]}]}]}`
}
