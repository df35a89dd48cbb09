import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { feed, openTestFrames } from '../../../../test/logs/test-frames.ts'

describe('PartJoiner', () => {
  test('joins parts of one output, whatever the other prints between them', () => {
    const { to, frames } = openTestFrames()
    const parts = [part('one '), part('err ', 2), part('two '), part('or\n', 2), part('three\n')]
    feed(frames, parts.join(''))
    assert.deepEqual(
      to.entries.map(({ bytes, output, at }) => [bytes, output, at]),
      [
        ['err or', 'stderr', `7:${part('').length + 4}`],
        ['one two three', 'stdout', '7:0'],
      ],
    )
    assert.equal(to.entries[1]?.timeNs, 1_700_000_000_000_000_001n)
  })

  test('joins parts across a rotation, and knows where the first of them was', () => {
    const { to, frames } = openTestFrames()
    feed(frames, part('whole\n') + part('begin '))
    frames.endFile()
    const begin = { fileId: 7n, offset: part('whole\n').length }
    assert.deepEqual(frames.resumeAt(), begin)
    frames.beginFile({ fileId: 8n, offset: 0 })
    feed(frames, part('middle '))
    assert.deepEqual(frames.resumeAt(), begin)
    feed(frames, part('end\n'))
    assert.deepEqual(to.texts, ['whole', 'begin middle end'])
    assert.equal(to.entries[1]?.at, `7:${begin.offset}`)
    assert.deepEqual(frames.resumeAt(), {
      fileId: 8n,
      offset: part('middle ').length + part('end\n').length,
    })
  })

  test('goes on at the earlier of two parts that wait', () => {
    const { frames } = openTestFrames()
    feed(frames, part('whole\n'))
    feed(frames, part('out ') + part('err ', 2) + part('more '))
    assert.deepEqual(frames.resumeAt(), { fileId: 7n, offset: part('whole\n').length })
    feed(frames, part('end\n'))
    assert.deepEqual(frames.resumeAt().offset, part('whole\n').length + part('out ').length)
  })

  test('goes on where further on something waits, if that is earlier', () => {
    const { to, frames } = openTestFrames()
    feed(frames, part('a\n') + part('b'))
    to.waiting = { fileId: 7n, offset: 3 }
    assert.deepEqual(frames.resumeAt(), { fileId: 7n, offset: 3 })
    const waitsHere = { fileId: 7n, offset: part('a\n').length }
    to.waiting = { fileId: 7n, offset: 3000 }
    assert.deepEqual(frames.resumeAt(), waitsHere)
    frames.endFile()
    frames.beginFile({ fileId: 6n, offset: 0 })
    to.waiting = { fileId: 6n, offset: 0 }
    assert.deepEqual(frames.resumeAt(), waitsHere)
  })

  test('hands on what has waited too long, and nothing younger', () => {
    let nowMs = 100
    const { to, frames } = openTestFrames({ nowMs: () => nowMs })
    feed(frames, part('old'))
    nowMs = 200
    feed(frames, part('young', 2))
    frames.settle(100)
    assert.deepEqual(to.texts, [])
    frames.settle(101)
    assert.deepEqual(to.texts, ['old'])
    frames.end()
    assert.deepEqual(to.texts, ['old', 'young'])
  })

  test('cuts what is too long between two characters, and marks the pieces', () => {
    const { to, frames } = openTestFrames({ maxMessageBytes: 10 })
    feed(frames, part('12345678') + part('9€abcdefgh') + part('ij\n') + part('next\n'))
    assert.deepEqual(
      to.texts.map((text, index) => [text, to.entries[index]?.cut]),
      [
        ['123456789', 'head'],
        ['€abcdefg', 'middle'],
        ['hij', 'tail'],
        ['next', 'none'],
      ],
    )
    assert.equal(new Set(to.entries.map(({ at }) => at)).size, 4)
  })

  test('cuts a whole line that is too long, and not one that is as long as allowed', () => {
    const { to, frames } = openTestFrames({ maxMessageBytes: 4 })
    feed(frames, part('1234\n') + part('1234\r\n') + part('12345\n') + part('123456789\r\n'))
    assert.deepEqual(
      to.entries.map(({ bytes, cut }) => `${bytes} ${cut}`),
      ['1234 none', '1234 none', '1234 head', '5 tail', '1234 head', '5678 middle', '9 tail'],
    )
  })

  test('goes on behind the pieces of a long line that were handed on', () => {
    const { frames } = openTestFrames({ maxMessageBytes: 10 })
    feed(frames, part('12345678') + part('9abcdef'))
    assert.equal(frames.resumeAt().offset, part('12345678').length)
  })

  test('forgets what waits when it is read again', () => {
    const { to, frames } = openTestFrames()
    feed(frames, part('a\n') + part('begin '))
    feed(frames, '{"log":"ha')
    frames.beginFile(frames.resumeAt())
    feed(frames, part('begin ') + part('end\n'))
    assert.deepEqual(to.texts, ['a', 'begin end'])
  })
})

/** A part of a line as the engine writes it. */
function part(log: string, output: 1 | 2 = 1): string {
  const stream = output === 1 ? 'stdout' : 'stderr'
  return `${JSON.stringify({ log, stream, time: '2023-11-14T22:13:20.000000001Z' })}\n`
}
