import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LogBlock, LogOrigin } from '../../model/log-block.ts'
import { WireError } from '../wire-error.ts'
import { type BlockLayout, layOut } from './block-layout.ts'
import { BlockWriter } from './block-writer.ts'
import { decodeBlock } from './decode-block.ts'
import { encodeBlock } from './encode-block.ts'

const web: LogOrigin = {
  host: 'h',
  containerId: '',
  containerName: 'wéb',
  image: '',
  service: 'web',
  source: 'nginx',
  tags: ['a:b', 'c'],
}
const db: LogOrigin = { ...web, containerId: 'd'.repeat(64) }

const layout = layoutOf(someBlock())

describe('decodeBlock()', () => {
  test('gives back what was encoded', () => {
    const block = someBlock()
    assert.deepEqual(decodeBlock(encodeBlock(block)), plain(block))
  })

  test('gives back a block without lines', () => {
    const block = new BlockWriter({ messageBytes: 1, lines: 1 }).take()
    assert.deepEqual(decodeBlock(encodeBlock(block)), plain(block))
  })

  test('gives back an origin of several runs as one object', () => {
    const [first, , third] = decodeBlock(encodeBlock(someBlock())).runs
    assert.equal(first?.origin, third?.origin)
  })

  test('reads a body at an odd address', () => {
    const encoded = encodeBlock(someBlock())
    const moved = Buffer.concat([Buffer.alloc(3), encoded]).subarray(3)
    assert.deepEqual(decodeBlock(moved), decodeBlock(encoded))
  })

  test('encodes the same lines to the same bytes', () => {
    assert.deepEqual(encodeBlock(someBlock()), encodeBlock(someBlock()))
  })

  const faults: readonly (readonly [string, (bytes: Buffer) => unknown, RegExp])[] = [
    ['a body that is too short', (bytes) => bytes.subarray(0, 31), /31 bytes are less/],
    ['another magic', (bytes) => bytes.writeUInt8(0, 0), /does not begin with VLOG/],
    ['another version', (bytes) => bytes.writeUInt8(9, 4), /version 9, only 1 is known/],
    ['a byte that is missing', (bytes) => bytes.subarray(0, -1), /its header says \d+ bytes/],
    ['a byte too many', (bytes) => Buffer.concat([bytes, Buffer.of(0)]), /header says/],
    ['more lines than bytes', (bytes) => bytes.writeUInt32LE(2 ** 32 - 1, 16), /header says/],
    ['origins that are no JSON', (bytes) => bytes.writeUInt8(0, layout.origins.start), /not JSON/],
    ['an origin without host', (bytes) => bytes.write('hos_', layout.origins.start + 3), /host/],
    [
      'a run of no origin',
      (bytes) => bytes.writeUInt32LE(2, layout.runOrigins.start),
      /origin 2 of 2/,
    ],
    [
      'runs with lines too many',
      (bytes) => bytes.writeUInt32LE(2, layout.runLineCounts.start),
      /5 lines/,
    ],
    [
      'a first offset above 0',
      (bytes) => bytes.writeInt32LE(1, layout.messageOffsets.start),
      /begin with/,
    ],
    [
      'offsets that go back',
      (bytes) => bytes.writeInt32LE(99, layout.messageOffsets.start + 4),
      /offset of 6 comes after 99/,
    ],
    [
      'a last offset before the end',
      (bytes) => bytes.writeInt32LE(8, layout.messageOffsets.start + 16),
      /end with 8, not with 9/,
    ],
    [
      'a negative offset',
      (bytes) => bytes.writeInt32LE(-1, layout.attributeOffsets.start + 4),
      /of -1/,
    ],
    [
      'attributes without a brace',
      (bytes) => bytes.write('[', layout.attributes.start),
      /no JSON object/,
    ],
    [
      'attributes that are no UTF-8',
      (bytes) => bytes.writeUInt8(255, layout.attributes.start + 3),
      /not UTF-8/,
    ],
    [
      'a level that is not there',
      (bytes) => bytes.writeUInt8(10, layout.levels.start),
      /no level 10/,
    ],
    [
      'an output that is not there',
      (bytes) => bytes.writeUInt8(3, layout.outputs.start),
      /no output 3/,
    ],
    [
      'a negative time',
      (bytes) => bytes.writeBigInt64LE(-1n, layout.timesNs.start),
      /a time is -1 ns, not between/,
    ],
    [
      'a time of the year 2200',
      (bytes) => bytes.writeBigInt64LE(7_258_118_400_000_000_000n, layout.timesNs.start + 8),
      /a time is 7258118400000000000 ns/,
    ],
    [
      'a negative position',
      (bytes) => bytes.writeDoubleLE(-1, layout.positions.start),
      /position is -1/,
    ],
    [
      'a position of half',
      (bytes) => bytes.writeDoubleLE(0.5, layout.positions.start),
      /position is 0.5/,
    ],
    ['no position', (bytes) => bytes.writeDoubleLE(Number.NaN, layout.positions.start), /is NaN/],
  ]
  for (const [what, spoil, message] of faults)
    test(`refuses ${what}`, () => {
      const bytes = encodeBlock(someBlock())
      const spoiled = spoil(bytes)
      assert.throws(
        () => decodeBlock(Buffer.isBuffer(spoiled) ? spoiled : bytes),
        (error) => error instanceof WireError && message.test(error.message),
      )
    })

  test('takes or refuses whatever comes, and nothing worse', () => {
    const good = encodeBlock(someBlock())
    const next = random(7)
    for (let round = 0; round < 2000; round += 1) {
      const bytes = Buffer.from(
        good.subarray(0, next() % 8 === 0 ? next() % good.length : undefined),
      )
      for (let change = 0; change <= next() % 3; change += 1) bytes[next() % bytes.length] = next()
      try {
        decodeBlock(bytes)
      } catch (error) {
        assert.ok(error instanceof WireError, String(error))
      }
    }
  })
})

function layoutOf(block: LogBlock): BlockLayout {
  return layOut({
    originsBytes: encodeBlock(block).readUInt32LE(8),
    runCount: block.runs.length,
    lineCount: block.lineCount,
    messagesBytes: block.messages.length,
    attributesBytes: block.attributes.length,
  })
}

function someBlock(): LogBlock {
  const writer = new BlockWriter({ messageBytes: 100, lines: 10 })
  const bytes = Buffer.from('one two ü')
  const append = (start: number, end: number, attributes: string): void =>
    writer.append(
      {
        bytes,
        start,
        end,
        timeNs: 1_700_000_000_123_456_789n,
        position: 2 ** 40 + start,
        output: 1,
      },
      9,
      attributes,
    )
  writer.begin(web, 2n ** 64n - 1n)
  append(0, 3, '')
  writer.begin(db, 0n)
  append(4, 7, '{"a":"b"}')
  append(8, 10, '')
  writer.begin(web, 1n)
  append(0, 1, '{"ü":"1"}')
  return writer.take()
}

/** A part of a Buffer is another class than a Uint8Array, which `deepEqual` minds. */
function plain(block: LogBlock): LogBlock {
  const { messages, attributes } = block
  return { ...block, messages: Uint8Array.from(messages), attributes: Uint8Array.from(attributes) }
}

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 8
  }
}
