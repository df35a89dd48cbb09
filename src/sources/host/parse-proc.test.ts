import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseCpuTicks, parseDiskstats, parseMeminfo, parseNumbers } from './parse-proc.ts'

describe('parseCpuTicks()', () => {
  test('adds nice to user and interrupts to system', () => {
    const text = 'cpu  100 20 30 4000 50 6 7 8 90 1\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 5\n'
    const expected = { user: 120, system: 43, idle: 4000, iowait: 50, stolen: 8 }
    assert.deepEqual(parseCpuTicks(text), expected)
  })

  for (const text of ['', 'intr 5\n', 'cpu  1 2 3\n', 'cpu0 1 2 3 4 5 6 7 8 9 10\n']) {
    test(`has nothing to read in ${JSON.stringify(text)}`, () =>
      assert.equal(parseCpuTicks(text), undefined))
  }
})

describe('parseMeminfo()', () => {
  test('gives bytes, and leaves out what is not an amount', () => {
    const text =
      'MemTotal:        2030116 kB\nMemFree:               0 kB\nHugePages_Total:       7\n'
    assert.deepEqual(
      [...parseMeminfo(text)],
      [
        ['MemTotal', 2030116 * 1024],
        ['MemFree', 0],
      ],
    )
  })
})

describe('parseNumbers()', () => {
  const cases: readonly [text: string, numbers: readonly number[]][] = [
    ['3.53 1.00 0.35 1/178 1773\n', [3.53, 1, 0.35]],
    ['12.34 56.78\n', [12.34, 56.78]],
    ['', []],
    ['nothing 5', []],
  ]
  for (const [text, numbers] of cases)
    test(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(parseNumbers(text), numbers))
})

describe('parseDiskstats()', () => {
  const line = (name: string): string =>
    ` 254       0 ${name} 2601 276 403786 1350 2306 509 696248 2727 0 3116 4172 0 0 0 0 270 94`

  test('turns sectors into bytes', () => {
    assert.deepEqual(parseDiskstats(`${line('vda')}\n`), [
      { name: 'vda', readBytes: 403_786 * 512, writtenBytes: 696_248 * 512 },
    ])
  })

  const disks = ['sda', 'vda', 'xvdb', 'hdc', 'nvme0n1', 'mmcblk0', 'dm-0', 'md127', 'rbd0', 'nbd1']
  for (const name of disks)
    test(`takes ${name} for a disk`, () => assert.equal(parseDiskstats(line(name)).length, 1))

  const others = [
    'sda1',
    'vda15',
    'xvdb2',
    'nvme0n1p3',
    'mmcblk0p1',
    'loop7',
    'ram0',
    'zram0',
    'sr0',
    'fd0',
  ]
  for (const name of others)
    test(`does not take ${name} for a disk`, () => assert.deepEqual(parseDiskstats(line(name)), []))

  test('passes over what is no line of a disk', () => {
    assert.deepEqual(parseDiskstats('\n 8 0 sda 1 2\n'), [])
  })
})
