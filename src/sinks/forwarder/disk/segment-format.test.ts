import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeEntry, type Entry } from '../entry.ts'
import { doneState, encodeRecord, magic, readSegment } from './segment-format.ts'

const route = '/api/v2/series'
const entries: readonly Entry[] = [
  makeEntry({ route, contentType: 'a/b', body: Buffer.from('one'), count: 1 }, 1000, 1),
  makeEntry(
    {
      route,
      contentType: 'c/d',
      contentEncoding: 'zstd',
      headers: { 'x-own': 'é' },
      order: 'oldest-first',
      body: Buffer.alloc(0),
      count: 7,
    },
    2000,
    2,
  ),
  makeEntry({ route, contentType: 'a/b', body: Buffer.alloc(300, 1), count: 3 }, 3000, 3),
]
const records = entries.map(encodeRecord)
const file = Buffer.concat([magic, ...records])

/** Where each record begins, and the file ends. */
const starts = records.reduce(
  (all, { length }) => [...all, (all.at(-1) ?? 0) + length],
  [magic.length],
)

describe('readSegment()', () => {
  test('gives back what was encoded', () => {
    const { records: read, soundBytes } = readSegment(file, route)
    assert.deepEqual(
      read.map(({ entry }) => entry),
      entries,
    )
    assert.deepEqual(
      read.map(({ offset }) => offset),
      starts.slice(0, 3),
    )
    assert.equal(soundBytes, file.length)
  })

  test('leaves out what is marked as done', () => {
    const marked = Buffer.from(file)
    doneState.copy(marked, starts[1])
    const { records: read, soundBytes } = readSegment(marked, route)
    assert.deepEqual(
      read.map(({ entry }) => entry.sequence),
      [1000, 3000],
    )
    assert.equal(soundBytes, file.length)
  })

  test('gives all records before the place where a file is torn', () => {
    for (let length = 0; length < file.length; length += 1) {
      const { records: read, soundBytes } = readSegment(file.subarray(0, length), route)
      const whole = starts.filter((start) => start <= length)
      assert.equal(read.length, Math.max(0, whole.length - 1))
      assert.equal(soundBytes, whole.at(-1) ?? 0)
    }
  })

  test('gives no record of which any byte but its state is wrong', () => {
    const [, from = 0, to = 0] = starts
    for (let at = from + 1; at < to; at += 1) {
      const broken = Buffer.from(file)
      broken.writeUInt8((broken.readUInt8(at) + 1) % 256, at)
      assert.equal(readSegment(broken, route).soundBytes, from, `byte ${at}`)
    }
  })
})
