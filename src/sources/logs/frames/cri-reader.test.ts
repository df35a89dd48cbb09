import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  feed,
  lineTime as time,
  lineTimeNs as timeNs,
  openTestFrames,
  readAtNs,
} from '../../../../test/logs/test-frames.ts'

describe('openCriReader()', () => {
  test('reads lines and joins parts of each output', () => {
    const { to, frames, damage } = openTestFrames({ framing: 'cri' })
    feed(
      frames,
      [
        `${time} stdout F one two`,
        `${time} stdout P begin `,
        `${time} stderr F:tag:more  between`,
        `${time} stdout F end`,
        `${time} stdout F `,
        `${time} stderr F`,
        '2023-11-15T00:13:20.123456789+02:00 stdout F from podman',
        '',
      ].join('\n'),
    )
    assert.deepEqual(
      to.entries.map(({ bytes, output }) => [bytes, output]),
      [
        ['one two', 'stdout'],
        [' between', 'stderr'],
        ['begin end', 'stdout'],
        ['', 'stdout'],
        ['', 'stderr'],
        ['from podman', 'stdout'],
      ],
    )
    assert.deepEqual(new Set(to.entries.map((entry) => entry.timeNs)), new Set([timeNs]))
    assert.deepEqual(damage, [])
  })

  for (const line of [
    'no time',
    time,
    `${time} stdout`,
    `${time} stdout `,
    `${time} stdin F text`,
    `${time} stdout X text`,
    `${time} stdout Full text`,
    'yesterday stdout F text',
    ' ',
  ])
    test(`hands '${line}' on as it is, and tells so`, () => {
      const { to, frames, damage } = openTestFrames({ framing: 'cri' })
      feed(frames, `${line}\n${time} stdout F next\n`)
      assert.deepEqual(to.texts, [line, 'next'])
      assert.deepEqual(to.entries[0]?.timeNs, readAtNs)
      assert.equal(damage.length, 1)
    })
})
