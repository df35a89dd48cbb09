import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { handful, MessageScanner } from './message-scanner.ts'
import { PacketMemories } from './packet-memory.ts'
import { recordAt, recordInts } from './scan-record.ts'

interface Scanned {
  readonly key: string
  readonly hash: number
  readonly values: readonly number[]
  readonly rate: number | undefined
  readonly timeS: number | undefined
}

const scanner = new MessageScanner(true)

/** What is found in lines, and how many bytes of them were read. */
function scan(text: string, from = 0): { messages: Scanned[]; read: number; isStopped: boolean } {
  const bytes = Buffer.from(`${' '.repeat(from)}${text}\n........`)
  scanner.reserve(text.length)
  const memory = new PacketMemories().of(bytes)
  const to = from + Buffer.byteLength(text)
  const end = scanner.scan(memory, from, { from, to, sender: 5, transport: 'udp' })
  const messages = Array.from({ length: scanner.count }, (_, at) => readRecord(at * recordInts))
  return { messages, read: end - from, isStopped: scanner.isStopped }
}

function readRecord(record: number): Scanned {
  const at = (place: number): number => scanner.records[record + place] ?? 0
  const value = at(recordAt.value)
  const behind = value + at(recordAt.length)
  const hasRate = at(recordAt.hasRate)
  const key = scanner.keys.slice(at(recordAt.key), at(recordAt.key) + at(recordAt.words))
  return {
    key: key.join(),
    hash: at(recordAt.hash),
    values: Array.from(scanner.values.subarray(value, behind)),
    rate: hasRate === 0 ? undefined : scanner.values[behind],
    timeS: at(recordAt.hasTime) === 0 ? undefined : scanner.values[behind + hasRate],
  }
}

function keyOf(text: string): string | undefined {
  return scan(text).messages[0]?.key
}

describe('MessageScanner', () => {
  const numbers: readonly [text: string, value: number][] = [
    ['0', 0],
    ['-0', -0],
    ['+7', 7],
    ['007', 7],
    ['999999999', 999_999_999],
    ['1234567890', 1_234_567_890],
    ['4294967296', 4_294_967_296],
    ['-12345678901', -12_345_678_901],
    ['9007199254740993', 9_007_199_254_740_992],
    ['123456789012345678901234567890', 123_456_789_012_345_680_000_000_000_000],
    ['0.1', 0.1],
    ['-0.3', -0.3],
    ['1.005', 1.005],
    ['0.000000001', 1e-9],
    ['0.1234567890123456789', 0.123_456_789_012_345_68],
    ['123456.7890123', 123_456.789_012_3],
  ]
  for (const [text, value] of numbers)
    test(`reads ${text} as the nearest number`, () => {
      assert.deepEqual(scan(`n:${text}|c`).messages[0]?.values, [value])
    })

  test('reads random decimals as Number() does', () => {
    for (let at = 0; at < 3000; at += 1) {
      const text = (Math.random() * 10 ** (at % 12)).toFixed(at % 17)
      assert.deepEqual(scan(`n:${text}|g`).messages[0]?.values, [Number(text)], text)
    }
  })

  const uncommon = [
    'n:1e3|c',
    'n:.5|c',
    'n:5.|c',
    'n:-|c',
    'n:|c',
    'n:1::2|c',
    'n:1:|c',
    'n:0x10|c',
    'n:NaN|c',
    'n:a|c',
    'n:1 |c',
    'n:1',
    'n:1|',
    'n:1|cc',
    'n:1|m',
    'n:1|mc',
    'n:|s',
    'n',
    'n|c',
    'n:1|c|@',
    'n:1|c|@0',
    'n:1|c|@2',
    'n:1|c|@-0.5',
    'n:1|c|@.5',
    'n:1|c|@0.5x',
    'n:1|c|@0.5|@0.25',
    'n:1|c|T0',
    'n:1|c|T1.5',
    'n:1|c|Tx',
    'n:1|c|T1|T2',
    '_e{1,1}:a|b',
    '_sc|a|0',
  ]
  for (const text of uncommon)
    test(`leaves ${JSON.stringify(text)} to others`, () => {
      const { messages, isStopped, read } = scan(text)
      assert.deepEqual([messages.length, isStopped, read], [0, true, 0])
    })

  test('does not take values, rate and time into the key', () => {
    const { messages } = scan('name.of:1|c|#a:b\nname.of:2:3.5|c|@0.5|#a:b\nname.of:7|c|T55|#a:b')
    assert.deepEqual(
      messages.map(({ values, rate, timeS }) => ({ values, rate, timeS })),
      [
        { values: [1], rate: undefined, timeS: undefined },
        { values: [2, 3.5], rate: 0.5, timeS: undefined },
        { values: [7], rate: undefined, timeS: 55 },
      ],
    )
    assert.equal(new Set(messages.map(({ key }) => key)).size, 1)
    assert.equal(new Set(messages.map(({ hash }) => hash)).size, 1)
  })

  test('makes different keys of different messages', () => {
    const texts = ['a:1|c', 'a\0:1|c', 'b:1|c', 'a:1|g', 'a:1|h', 'a:1|ms', 'a:1|s', 'a:1|c|#b']
    texts.push('a:1|c|#b,c', 'a:1|c|#b|c:c', 'a:1|c|#b\0', 'a:1|c|', 'a:1|c||', 'aaaa:1|c')
    assert.equal(new Set(texts.map(keyOf)).size, texts.length)
  })

  test('makes the same key of the same message anywhere in memory', () => {
    const text = 'some.longer.name:1|c|#env:prod,service:web'
    for (let from = 0; from < 8; from += 1)
      assert.equal(scan(text, from).messages[0]?.hash, scan(text).messages[0]?.hash)
  })

  test('reads a handful, and passes over empty lines', () => {
    const text = `\n\n${'n:1|c\n\n'.repeat(handful + 3)}`
    const { messages, read, isStopped } = scan(text)
    assert.equal(messages.length, handful)
    assert.equal(read, 1 + 7 * handful)
    assert.equal(isStopped, false)
  })

  test('stops before a message that is not of the common form, with those before it', () => {
    const { messages, read, isStopped } = scan('n:1|c\nn:1e1|c\nn:2|c')
    assert.deepEqual([messages.length, read, isStopped], [1, 6, true])
  })

  test('leaves times to others where they are not read', () => {
    const other = new MessageScanner(false)
    const memory = new PacketMemories().of(Buffer.from('n:1|c|T55\n........'))
    other.scan(memory, 0, { from: 0, to: 9, sender: 0, transport: 'udp' })
    assert.equal(other.isStopped, true)
  })
})
