import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isLittleEndian } from './byte-order.ts'
import { decodeInotifyEvents } from './inotify-event.ts'

/** An event as the kernel writes it: the name is filled up with zeros to a multiple of 16. */
function encodeEvent(watch: number, mask: number, name: string): Buffer {
  const length = name === '' ? 0 : Math.ceil((name.length + 1) / 16) * 16
  const bytes = Buffer.alloc(16 + length)
  const numbers = new DataView(bytes.buffer, bytes.byteOffset)
  numbers.setInt32(0, watch, isLittleEndian)
  numbers.setUint32(4, mask, isLittleEndian)
  numbers.setUint32(12, length, isLittleEndian)
  bytes.write(name, 16)
  return bytes
}

describe('decodeInotifyEvents()', () => {
  test('takes events with names of any length, one after the other', () => {
    const names = ['a', 'f'.repeat(15), 'f'.repeat(16), 'docker-é.scope', '']
    const bytes = Buffer.concat(names.map((name, at) => encodeEvent(at + 1, 0x4000_0100, name)))
    const events = decodeInotifyEvents(bytes, bytes.length)
    assert.deepEqual(
      events.map(({ watch, name }) => [watch, name]),
      names.map((name, at) => [at + 1, name]),
    )
    assert.equal(events[0]?.mask, 0x4000_0100)
  })

  test('stops at the length that was read', () => {
    const bytes = Buffer.concat([encodeEvent(1, 0x100, 'a'), encodeEvent(2, 0x100, 'b')])
    assert.equal(decodeInotifyEvents(bytes, 32).length, 1)
    assert.deepEqual(decodeInotifyEvents(bytes, 0), [])
  })

  test('knows that events were lost', () => {
    const [event] = decodeInotifyEvents(encodeEvent(-1, 0x4000, ''), 16)
    assert.equal(event?.watch, -1)
  })
})
