import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TimestampReader } from './timestamp-reader.ts'

describe('TimestampReader', () => {
  const times: readonly (readonly [string, bigint])[] = [
    ['2023-11-14T22:13:20.123456789Z', 1_700_000_000_123_456_789n],
    ['2023-11-14T22:13:20Z', 1_700_000_000_000_000_000n],
    ['2023-11-14T22:13:20.5Z', 1_700_000_000_500_000_000n],
    ['2023-11-14T22:13:20.000000001Z', 1_700_000_000_000_000_001n],
    ['2023-11-15T00:13:20.5+02:00', 1_700_000_000_500_000_000n],
    ['2023-11-14T21:43:20-00:30', 1_700_000_000_000_000_000n],
    ['1970-01-01T00:00:00Z', 0n],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000_000_000n],
  ]
  for (const [text, timeNs] of times) test(`reads ${text}`, () => assert.equal(read(text), timeNs))

  const none = [
    '',
    'Z',
    '2023-11-14T22:13:20',
    '2023-11-14T22:13:20.1',
    '2023-11-14T22:13:20.1234567890Z',
    '2023-11-14T22:13:20Zx',
    '2023-13-14T22:13:20Z',
    '2023-11-14 2213:20 Z',
    '0000-00-00T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '1970-01-01T00:00:00+01:00',
    '2200-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ]
  for (const text of none)
    test(`finds no time in '${text}'`, () => assert.equal(read(text), undefined))

  test('reads times of one second after the other, with what was known of the one before', () => {
    const reader = new TimestampReader()
    for (let second = 0; second < 200; second += 1) {
      for (const nanos of [0, 999_999_999, 7]) {
        const timeNs = (1_700_000_000n + BigInt(second)) * 1_000_000_000n + BigInt(nanos)
        const whole = new Date((1_700_000_000 + second) * 1000).toISOString().slice(0, 19)
        const text = Buffer.from(`<${whole}.${String(nanos).padStart(9, '0')}Z>`)
        assert.ok(reader.read(text, 1, text.length - 1))
        assert.equal(reader.timeNs, timeNs)
      }
    }
  })
})

function read(text: string): bigint | undefined {
  const reader = new TimestampReader()
  const bytes = Buffer.from(text)
  return reader.read(bytes, 0, bytes.length) ? reader.timeNs : undefined
}
