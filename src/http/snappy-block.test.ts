import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compress } from 'snappyjs'
import { readSnappyLength, undoSnappy } from './snappy-block.ts'

/** The same numbers each time: 0 to 1. */
function makeRandom(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe('undoSnappy()', () => {
  const random = makeRandom()
  for (const [name, bytes] of [
    ['nothing', Buffer.alloc(0)],
    ['a short text', Buffer.from('vigie')],
    ['what repeats itself within its own length', Buffer.alloc(300, 'ab')],
    ['70,000 bytes without an order', Buffer.from(Array.from({ length: 70_000 }, () => random() * 256))], // prettier-ignore
    ['70,000 bytes that repeat themselves', Buffer.alloc(70_000, 'container_id:0123456789')],
  ] as const) {
    test(`gives back ${name}`, () => {
      const wire = compress(bytes)
      assert.equal(readSnappyLength(wire), bytes.length)
      assert.deepEqual(undoSnappy(wire), bytes)
    })
  }

  test('reads all four kinds of elements', () => {
    // "0123", then copies: 4 bytes from 4 back (1 byte), 8 from 8 back (2 bytes), 3 from 16 back (4 bytes), a literal of length 1.
    const wire = Buffer.from('140c3031323301041e0800 0b10000000 0078'.replaceAll(' ', ''), 'hex')
    assert.equal(undoSnappy(wire)?.toString(), '0123012301230123012x')
  })

  for (const [name, hex] of [
    ['becomes shorter than it says', '0500414243'],
    ['becomes longer than it says', '020841424300'],
    ['copies from before its start', '08004105 09'],
    ['copies from where it is', '08004101 00'],
    ['ends within a literal', '08fc'],
    ['ends within a copy', '0800410e 01'],
    ['ends within its length', 'ff'],
    ['has a length of more than 32 bits', 'ffffffff7f'],
    ['is empty', ''],
  ] as const) {
    test(`gives nothing for what ${name}`, () => {
      assert.equal(undoSnappy(Buffer.from(hex.replaceAll(' ', ''), 'hex')), undefined)
    })
  }

  test('does not fail on broken bytes', () => {
    const wire = compress(Buffer.alloc(2000, 'instance="web-1",job="node"'))
    for (let round = 0; round < 3000; round++) {
      const broken = Buffer.from(wire.subarray(0, Math.ceil(random() * wire.length)))
      broken[Math.floor(random() * broken.length)] = random() * 256
      const length = readSnappyLength(broken)
      if (length !== undefined) assert.ok((undoSnappy(broken)?.length ?? length) === length)
    }
  })
})

describe('readSnappyLength()', () => {
  test('does not believe what so few bytes cannot become', () => {
    assert.equal(readSnappyLength(Buffer.from('ffffffff0f00', 'hex')), undefined)
    assert.equal(readSnappyLength(Buffer.from('800100', 'hex')), undefined)
    assert.equal(readSnappyLength(Buffer.from('4000', 'hex')), undefined)
    assert.equal(readSnappyLength(Buffer.from('2000', 'hex')), 32)
  })
})
