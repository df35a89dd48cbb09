import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeLocalFrame as frame } from '../../../../test/logs/local-frame.ts'
import {
  feed,
  openTestFrames,
  type OpenedFrames,
  readAtNs,
} from '../../../../test/logs/test-frames.ts'

describe('DockerLocalReader', () => {
  test('reads message, output, time and place', () => {
    const { to, frames, damage } = open()
    const first = frame({ line: 'hé "one"', timeNs: 1_700_000_000_123_456_789n })
    feed(frames, Buffer.concat([first, frame({ line: '', source: 'stderr', timeNs: 1n })]))
    assert.deepEqual(to.texts, ['hé "one"', ''])
    assert.deepEqual(
      to.entries.map(({ output, timeNs, at }) => [output, timeNs, at]),
      [
        ['stdout', 1_700_000_000_123_456_789n, '7:0'],
        ['stderr', 1n, `7:${first.length}`],
      ],
    )
    assert.deepEqual(damage, [])
  })

  test('joins parts of each output', () => {
    const { to, frames } = open()
    feed(
      frames,
      Buffer.concat([
        frame({ line: 'a', partial: 'more' }),
        frame({ line: 'x', source: 'stderr', partial: 'more' }),
        frame({ line: 'b', partial: 'more' }),
        frame({ line: 'c', partial: 'last' }),
        frame({ line: 'y', source: 'stderr', partial: 'last' }),
      ]),
    )
    assert.deepEqual(to.texts, ['abc', 'xy'])
  })

  test('waits for the rest of a frame', () => {
    const { to, frames } = open()
    const bytes = Buffer.concat([frame({ line: 'a' }), frame({ line: 'b' })])
    frames.take(bytes.subarray(0, -3))
    assert.deepEqual(to.texts, ['a'])
    assert.deepEqual(frames.resumeAt().offset, frame({ line: 'a' }).length)
    frames.take(bytes.subarray(-3))
    assert.deepEqual(to.texts, ['a', 'b'])
  })

  const damages: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
    ['half a frame', (bytes) => bytes.subarray(0, 20)],
    ['a size of zero', (bytes) => spoil(bytes, 3, 0)],
    ['a size that is too large', (bytes) => spoil(bytes, 0, 1)],
    ['a size that ends in another frame', (bytes) => spoil(bytes, 3, 70)],
    ['another size at its end', (bytes) => spoil(bytes, bytes.length - 1, 0)],
    ['an entry that is none', (bytes) => spoil(bytes, 4, 0x0f)],
  ]
  for (const [what, damage] of damages)
    test(`hands what lies before the next frame on as it is: ${what}`, () => {
      const { to, frames, damage: told } = open()
      const damaged = damage(frame({ line: 'damaged frame' }))
      feed(
        frames,
        Buffer.concat([frame({ line: 'a' }), damaged, frame({ line: 'b' }), frame({ line: 'c' })]),
      )
      frames.end()
      assert.deepEqual([to.texts[0], ...to.texts.slice(2)], ['a', 'b', 'c'])
      const start = damaged.findIndex((byte) => byte !== 0)
      assert.equal(to.entries[1]?.bytes, damaged.subarray(start).toString('latin1'))
      assert.equal(to.entries[1]?.timeNs, readAtNs)
      assert.equal(told.length, 1)
    })

  test('finds the next frame wherever the bytes are cut', () => {
    const damaged = spoil(frame({ line: 'damaged' }), 0, 0xff)
    const bytes = Buffer.concat([damaged, frame({ line: 'b' })])
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const { to, frames } = open()
      frames.take(bytes.subarray(0, cut))
      frames.take(bytes.subarray(cut))
      frames.end()
      assert.deepEqual(to.texts.slice(1), ['b'])
    }
  })

  test('finds the frames again that lie behind half a frame when the file ends', () => {
    const { to, frames } = open()
    feed(
      frames,
      Buffer.concat([frame({ line: 'long '.repeat(99) }).subarray(0, 9), frame({ line: 'b' })]),
    )
    assert.deepEqual(to.texts, [])
    frames.endFile()
    assert.equal(to.texts.at(-1), 'b')
    assert.equal(to.texts.length, 2)
  })

  test('leaves the zeros out that a crash has left', () => {
    const { to, frames, damage } = open()
    feed(frames, Buffer.concat([frame({ line: 'a' }), Buffer.alloc(5000), frame({ line: 'b' })]))
    assert.deepEqual(to.texts, ['a', 'b'])
    assert.equal(damage.length, 1)
  })

  test('takes the time of the reading where there is none that can be', () => {
    const { to, frames } = open()
    feed(frames, frame({ line: 'a', timeNs: 0n }))
    feed(frames, frame({ line: 'a', timeNs: 2n ** 64n - 1n }))
    feed(frames, frame({ line: 'a', timeNs: 7_258_118_400_000_000_000n }))
    assert.deepEqual(
      to.entries.map(({ timeNs }) => timeNs),
      [readAtNs, readAtNs, readAtNs],
    )
  })
})

function open(): OpenedFrames {
  return openTestFrames({ framing: 'docker-local' })
}

function spoil(bytes: Buffer, at: number, byte: number): Buffer {
  const spoilt = Buffer.from(bytes)
  spoilt[at] = byte
  return spoilt
}
