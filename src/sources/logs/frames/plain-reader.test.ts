import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { feed, openTestFrames, readAtNs } from '../../../../test/logs/test-frames.ts'

describe('openPlainReader()', () => {
  test('reads lines as they are, at the time of the reading', () => {
    const { to, frames } = openTestFrames({ framing: 'plain' })
    feed(frames, 'one\r\n\ntwo\u001b[0m\n')
    assert.deepEqual(to.texts, ['one', '', 'two\u001b[0m'])
    assert.deepEqual(
      to.entries.map(({ at }) => at),
      ['7:0', '7:5', '7:6'],
    )
    assert.equal(to.entries[0]?.timeNs, readAtNs)
    assert.equal(to.entries[0]?.output, '')
  })

  test('hands a last line without its end on when the file ends', () => {
    const { to, frames } = openTestFrames({ framing: 'plain' })
    feed(frames, 'one\ntw')
    feed(frames, 'o')
    assert.deepEqual(frames.resumeAt(), { fileId: 7n, offset: 4 })
    frames.endFile()
    assert.deepEqual(to.texts, ['one', 'two'])
    assert.deepEqual(frames.resumeAt(), { fileId: 7n, offset: 7 })
  })

  test('hands a line without its end on when it has waited, and makes no other of its end', () => {
    let nowMs = 5
    const { to, frames } = openTestFrames({ framing: 'plain', nowMs: () => nowMs })
    feed(frames, 'password: ')
    frames.settle(5)
    assert.deepEqual(to.texts, [])
    nowMs = 9
    frames.settle(6)
    feed(frames, '\nnext\n')
    assert.deepEqual(to.texts, ['password: ', 'next'])
  })

  test('leaves the zeros out that a cut file begins with', () => {
    const { to, frames } = openTestFrames({ framing: 'plain' })
    feed(frames, '\0\0\0')
    feed(frames, '\0a\0\n')
    assert.deepEqual(to.texts, ['a\0'])
    assert.equal(to.entries[0]?.at, '7:4')
  })

  test('reads a line of 3 MiB in pieces of the allowed size', () => {
    const { to, frames } = openTestFrames({ framing: 'plain' })
    const line = 'ü'.repeat(1.5 * 2 ** 20)
    feed(frames, `${line}\n`)
    assert.equal(to.texts.join(''), line)
    assert.deepEqual(
      to.entries.map(({ bytes, cut }) => [bytes.length, cut]),
      [
        [900_000, 'head'],
        [900_000, 'middle'],
        [900_000, 'middle'],
        [3 * 2 ** 20 - 2_700_000, 'tail'],
      ],
    )
    assert.deepEqual(
      to.entries.map(({ at }) => at),
      ['7:0', '7:900000', '7:1800000', '7:2700000'],
    )
  })

  const encodings = [
    ['utf-8', Buffer.from('\ufeffé€\nb\n')],
    ['utf-16-le', Buffer.from('\ufeffé€\nb\n', 'utf16le')],
    ['utf-16-be', Buffer.from('\ufeffé€\nb\n', 'utf16le').swap16()],
  ] as const
  for (const [encoding, bytes] of encodings)
    test(`reads ${encoding} without its mark, one byte at a time too`, () => {
      for (const size of [1, 3, bytes.length]) {
        const { to, frames } = openTestFrames({ framing: 'plain', encoding })
        for (let at = 0; at < bytes.length; at += size)
          frames.take(Buffer.from(bytes.subarray(at, at + size)))
        assert.deepEqual(to.texts, ['é€', 'b'])
        assert.equal(to.entries[1]?.at, `7:${bytes.length - (encoding === 'utf-8' ? 2 : 4)}`)
        assert.equal(frames.resumeAt().offset, bytes.length)
      }
    })

  test('finds the line ends of UTF-16 in characters that have such bytes', () => {
    const text = '\u0a0a\u0a00\u000a\u010a\n'
    const { to, frames } = openTestFrames({ framing: 'plain', encoding: 'utf-16-le' })
    feed(frames, Buffer.from(text, 'utf16le'))
    assert.deepEqual(to.texts, ['\u0a0a\u0a00', '\u010a'])
  })

  test('reads Latin-1 and Shift JIS', () => {
    const latin = openTestFrames({ framing: 'plain', encoding: 'latin-1' })
    feed(latin.frames, Buffer.of(0xe9, 0x80, 0x0a))
    assert.deepEqual(latin.to.texts, ['é\u0080'])
    const japanese = openTestFrames({ framing: 'plain', encoding: 'shift-jis' })
    feed(japanese.frames, Buffer.of(0x93, 0xfa, 0x96, 0x7b, 0x0a, 0x61, 0x0a))
    assert.deepEqual(japanese.to.texts, ['日本', 'a'])
  })
})
