import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KnownWords } from './known-words.ts'
import { joinBlkio, parseBlkio, parseIoStat, type BlkioCounts, type DeviceIo } from './parse-io.ts'

const words = new KnownWords()

/** The text as it lies in a buffer, with the line end that the reader puts behind it. */
function inBytes(text: string): [Buffer, number] {
  return [Buffer.from(`${text}\n`), text.length]
}

function blkio(text: string): readonly BlkioCounts[] {
  return parseBlkio(...inBytes(text), words)
}

function io(device: string, figures: readonly [number, number, number, number]): DeviceIo {
  const [readBytes, writtenBytes, readOperations, writeOperations] = figures
  return { device, readBytes, writtenBytes, readOperations, writeOperations }
}

describe('parseIoStat()', () => {
  const cases: readonly [claim: string, text: string, devices: readonly DeviceIo[]][] = [
    ['reads no device from an empty file', '', []],
    [
      'reads one line for each device',
      '254:0 rbytes=4096 wbytes=13107200 rios=1 wios=201 dbytes=0 dios=0\n8:16 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6\n',
      [io('254:0', [4096, 13_107_200, 1, 201]), io('8:16', [1, 2, 3, 4])],
    ],
    [
      'finds figures by name, whatever stands between them',
      '8:0 rbytes=1 cost.usage=7 wios=4 wbytes=2 rios=3\n',
      [io('8:0', [1, 2, 3, 4])],
    ],
    [
      'leaves out a device without figures',
      '8:0 \n8:16 rbytes=1 wbytes=2 rios=3 wios=4\n',
      [io('8:16', [1, 2, 3, 4])],
    ],
    [
      'gives the figures to the last device of a line, as Linux 5.15 writes it',
      '7:7 7:6 7:5 7:4 rbytes=28672 wbytes=0 rios=22 wios=0 dbytes=0 dios=0\n',
      [io('7:4', [28_672, 0, 22, 0])],
    ],
    ['leaves out a device that has no number any more', '(unknown) rbytes=1 wbytes=2\n', []],
    ['reads a file that was torn behind the device', '252:0 ', []],
  ]
  for (const [claim, text, devices] of cases)
    test(claim, () => assert.deepEqual(parseIoStat(...inBytes(text), words), devices))
})

const recorded = [
  '254:0 Read 4096',
  '254:0 Write 13107200',
  '254:0 Sync 13111296',
  '254:0 Async 0',
  '254:0 Discard 0',
  '254:0 Total 13111296',
  'Total 13111296',
  '',
].join('\n')

describe('parseBlkio()', () => {
  test('keeps reads and writes of each device and leaves out sums', () => {
    assert.deepEqual(blkio(`8:0 Read 5\n8:0 Write 6\n${recorded}`), [
      { device: '8:0', read: 5, write: 6 },
      { device: '254:0', read: 4096, write: 13_107_200 },
    ])
  })

  test('reads no device from a file with only a sum', () => {
    assert.deepEqual(blkio('Total 0\n'), [])
  })

  test('leaves out a device that has no number any more', () => {
    assert.deepEqual(blkio('(unknown) Read 4096\n'), [])
  })
})

describe('joinBlkio()', () => {
  test('puts bytes and operations of a device together', () => {
    const operations = '254:0 Read 1\n254:0 Write 201\nTotal 202\n'
    assert.deepEqual(joinBlkio(blkio(recorded), blkio(operations)), [
      io('254:0', [4096, 13_107_200, 1, 201]),
    ])
  })
})
