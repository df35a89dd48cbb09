import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { byteSize, byteSizeWithin } from './byte-size.ts'

describe('byteSize', () => {
  const good: readonly (readonly [string | number, number])[] = [
    ['64MiB', 67_108_864],
    ['64 mib', 67_108_864],
    ['1.5GiB', 1_610_612_736],
    ['500kB', 500_000],
    ['2TB', 2e12],
    ['10b', 10],
    ['15728640', 15_728_640],
    [15_728_640, 15_728_640],
    [0, 0],
  ]
  for (const [given, bytes] of good) {
    test(`reads ${given} as ${bytes} bytes`, () => assert.equal(byteSize.parse(given), bytes))
  }

  const bad = [
    '',
    '64M',
    'MiB',
    '-1',
    '1e3',
    '64MiBs',
    -1,
    0.5,
    Number.NaN,
    Infinity,
    '9e15TB',
    null,
  ]
  for (const value of bad) {
    test(`refuses ${String(value)}`, () => assert.equal(byteSize.safeParse(value).success, false))
  }
})

describe('byteSizeWithin()', () => {
  test('allows both ends and nothing outside', () => {
    const size = byteSizeWithin('1KiB', '1MiB')
    assert.deepEqual(
      [1023, 1024, '1MiB', 1_048_577].map((given) => size.safeParse(given).success),
      [false, true, true, false],
    )
  })
})
