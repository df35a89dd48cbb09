import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  dockerJson as json,
  feed,
  lineTime as time,
  lineTimeNs as timeNs,
  openTestFrames as open,
  random,
  readAtNs,
} from '../../../../test/logs/test-frames.ts'

describe('openDockerJsonReader()', () => {
  test('reads the message, its output, its time and its place', () => {
    const { to, frames } = open()
    const first = json('héllo <b> \u001b[31mred\u001b[0m')
    feed(frames, `${first}${json('two', 'stderr')}`)
    assert.deepEqual(to.texts, ['héllo <b> \u001b[31mred\u001b[0m', 'two'])
    assert.deepEqual(
      to.entries.map(({ output }) => output),
      ['stdout', 'stderr'],
    )
    assert.deepEqual(
      to.entries.map(({ at }) => at),
      ['7:0', `7:${Buffer.byteLength(first)}`],
    )
    assert.equal(to.entries[0]?.timeNs, timeNs)
    assert.equal(to.entries[0]?.cut, 'none')
  })

  const messages: readonly (readonly [string, string, string])[] = [
    ['escapes', String.raw`{"log":"a\"b\\c\/d\te\u003cf\u00e9\n"`, 'a"b\\c/d\te<fé'],
    ['a backslash at the end', String.raw`{"log":"path\\\n"`, 'path\\'],
    ['a backslash and an n', String.raw`{"log":"\\n\n"`, '\\n'],
    ['a quote at the end', String.raw`{"log":"\"\n"`, '"'],
    ['a character beyond 16 bits', String.raw`{"log":"\ud83d\ude00\n"`, '😀'],
    ['half a pair of surrogates', String.raw`{"log":"a\ud83db\ude00\n"`, 'a\ufffdb\ufffd'],
    ['a message that is JSON', String.raw`{"log":"{\"a\":\"b\"}\n"`, '{"a":"b"}'],
    ['an empty message', String.raw`{"log":"\n"`, ''],
    ['the line end of a terminal', String.raw`{"log":"a\r\n"`, 'a'],
    ['a line end within', String.raw`{"log":"a\nb\n"`, 'a\nb'],
  ]
  for (const [what, begin, text] of messages)
    test(`reads ${what}`, () => {
      const { to, frames } = open()
      feed(frames, `${begin},"stream":"stdout","time":"${time}"}\n`)
      assert.deepEqual(to.texts, [text])
      assert.equal(to.entries[0]?.timeNs, timeNs)
    })

  const others = [
    `{"log":"a\\n","stream":"stderr","attrs":{"tag":"x","time":"y"},"time":"${time}"}`,
    `{"time":"${time}","stream":"stderr","log":"a\\n"}`,
    `{ "log": "a\\n", "stream": "stderr", "time": "${time}" }`,
    `{"stream":"stderr","log":"a\\n","time":"${time}"}`,
  ]
  for (const line of others)
    test(`reads ${line}`, () => {
      const { to, frames, damage } = open()
      feed(frames, `${line}\n`)
      assert.deepEqual(to.texts, ['a'])
      assert.equal(to.entries[0]?.output, 'stderr')
      assert.equal(to.entries[0]?.timeNs, timeNs)
      assert.deepEqual(damage, [])
    })

  test('takes a backslash and an n for no line end', () => {
    const { to, frames } = open()
    const begin = String.raw`{"log":"a\\n"`
    feed(frames, `${begin},"stream":"stdout","time":"${time}"}\n${json('b')}`)
    assert.deepEqual(to.texts, ['a\\nb'])
  })

  test('keeps bytes that are no UTF-8', () => {
    const { to, frames } = open()
    const line = Buffer.from(json('a\u00ff"b'), 'latin1')
    frames.take(line)
    assert.equal(to.entries[0]?.bytes, 'a\u00ff"b')
  })

  test('takes the time of the reading where there is none, and tells so', () => {
    const { to, frames, damage } = open()
    feed(frames, '{"log":"a\\n","stream":"stdout","time":"now"}\n{"log":"b\\n"}\n')
    assert.deepEqual(to.texts, ['a', 'b'])
    assert.deepEqual(
      to.entries.map((entry) => entry.timeNs),
      [readAtNs, readAtNs],
    )
    assert.equal(damage.length, 2)
  })

  const broken = [
    'no json',
    '{"log":"half',
    '{"log":"a\\n","stream":"stdout","time":"2023',
    '{"log":1}',
    `{"log":"a\\n","stream":"stdout","time":"${time}x}`,
    '[]',
    'null',
    '{}',
    '{"log":"a\\q\\n","stream":"stdout","time":"x"}',
  ]
  for (const line of broken)
    test(`hands ${line} on as it is, and tells so`, () => {
      const { to, frames, damage } = open()
      feed(frames, `${line}\n${json('next')}`)
      assert.deepEqual(to.texts, [line, 'next'])
      assert.deepEqual(damage, ['cannot read the line at byte 0'])
    })

  test('finds the whole line behind half a line that a full disk has left', () => {
    const { to, frames, damage } = open()
    feed(frames, `{"log":"half${json('whole')}`)
    assert.deepEqual(to.texts, ['{"log":"half', 'whole'])
    assert.deepEqual(
      to.entries.map(({ at }) => at),
      ['7:0', '7:12'],
    )
    assert.equal(damage.length, 1)
  })

  test('leaves the zeros out that a crash has left, and tells how many', () => {
    const { to, frames, damage } = open()
    feed(frames, `\0\0\0${json('a')}`)
    frames.take(Buffer.from('\0\0'))
    frames.take(Buffer.from('\0'))
    assert.equal(frames.resumeAt().offset, 3 + json('a').length + 3)
    frames.endFile()
    assert.deepEqual(to.texts, ['a'])
    assert.equal(to.entries[0]?.at, '7:3')
    assert.deepEqual(
      damage.map((what) => what.slice(0, 11)),
      ['3 NUL bytes', '3 NUL bytes'],
    )
  })

  test('hands half a line on when its file ends, not before', () => {
    const { to, frames } = open()
    feed(frames, '{"log":"half')
    frames.settle(Infinity)
    assert.deepEqual(to.texts, [])
    frames.endFile()
    assert.deepEqual(to.texts, ['{"log":"half'])
  })

  test('reads a last line whose line end is missing', () => {
    const { to, frames, damage } = open()
    feed(frames, json('a').trimEnd())
    frames.end()
    assert.deepEqual(to.texts, ['a'])
    assert.deepEqual(damage, [])
    assert.ok(to.hasEnded)
  })

  test('hands a line of more than 1 MiB that does not end on in pieces, told once', () => {
    const { to, frames, damage } = open()
    const line = `{"log":"${'x'.repeat(3 * 2 ** 20)}`
    for (let at = 0; at < line.length; at += 100_000) feed(frames, line.slice(at, at + 100_000))
    feed(frames, `"}\n${json('next')}`)
    assert.equal(to.texts.slice(0, -1).join(''), `${line}"}`)
    assert.equal(to.texts.at(-1), 'next')
    assert.equal(to.entries[0]?.cut, 'head')
    assert.equal(damage.length, 1)
  })

  for (const size of [2 ** 20, 2 ** 20 + 1])
    test(`reads a line of ${size} bytes alike whether it comes at once or not`, () => {
      const line = json('x'.repeat(size - json('').length + 1))
      const whole = open()
      feed(whole.frames, line)
      const pieces = open()
      for (let at = 0; at < line.length; at += 65_536)
        feed(pieces.frames, line.slice(at, at + 65_536))
      assert.deepEqual(pieces.to.entries, whole.to.entries)
      assert.equal(whole.damage.length, size > 2 ** 20 ? 1 : 0)
    })

  test('gives back what a writer with JSON.stringify has written', () => {
    const next = random(5)
    for (let round = 0; round < 200; round += 1) {
      const { to, frames, damage } = open()
      const given = Array.from({ length: 10 }, () => someText(next))
      const lines = given.map((log) => JSON.stringify({ log: `${log}\n`, stream: 'stdout', time }))
      feed(frames, `${lines.join('\n')}\n`)
      assert.deepEqual(
        to.texts,
        given.map((log) => log.replace(/\r$/, '')),
      )
      assert.deepEqual(damage, [])
    }
  })
})

function someText(next: () => number): string {
  const alphabet = [
    'a',
    'b',
    ' ',
    '"',
    '\\',
    '\n',
    '\r',
    '\t',
    '\u001b',
    '<',
    'é',
    '€',
    '😀',
    '\u2028',
    '{"log":"',
    '\\n"',
  ]
  return Array.from({ length: next() % 40 }, () => alphabet[next() % alphabet.length]).join('')
}
