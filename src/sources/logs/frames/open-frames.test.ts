import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CollectedEntry } from '../../../../test/logs/entry-collector.ts'
import { makeLocalFrame } from '../../../../test/logs/local-frame.ts'
import { lineTime, openTestFrames, random } from '../../../../test/logs/test-frames.ts'
import type { LogEncoding } from '../../../component/log-config.ts'
import type { Framing } from './frames.ts'

const maxMessageBytes = 100
/** More than the parts in which long lines are read. */
const long = 'xyzü'.repeat(20_000)

const framings: readonly {
  readonly framing: Framing
  readonly encoding?: LogEncoding
  readonly write: (next: () => number) => Buffer
}[] = [
  { framing: 'docker-json', write: (next) => Buffer.from(writeJson(next)) },
  { framing: 'docker-local', write: writeLocal },
  { framing: 'cri', write: (next) => Buffer.from(writeCri(next)) },
  { framing: 'plain', write: (next) => Buffer.from(`${someText(next)}\n`) },
  {
    framing: 'plain',
    encoding: 'utf-16-le',
    write: (next) => Buffer.from(`${someText(next)}\n`, 'utf16le'),
  },
  {
    framing: 'plain',
    encoding: 'utf-16-be',
    write: (next) => Buffer.from(`${someText(next)}\n`, 'utf16le').swap16(),
  },
  { framing: 'plain', encoding: 'latin-1', write: (next) => Buffer.from(`${someText(next)}\n`) },
  { framing: 'plain', encoding: 'shift-jis', write: (next) => Buffer.from(`${someText(next)}\n`) },
]

describe('openFrames()', () => {
  for (const { framing, encoding = 'utf-8', write } of framings) {
    const read = (bytes: Buffer, sizes: () => number): readonly CollectedEntry[] =>
      readInPieces({ framing, encoding }, bytes, sizes)

    test(`${framing} in ${encoding}: where the bytes are cut makes no difference`, () => {
      const next = random(11)
      for (let round = 0; round < 30; round += 1) {
        const bytes = someFile(write, next, round)
        const whole = read(bytes, () => bytes.length)
        assert.ok(whole.length > 0)
        const most = 1 + (next() % 300)
        // One byte at a time only where the file is short.
        const sizes =
          bytes.length > 50_000 ? () => 1 + (next() % 60_000) : () => 1 + (next() % most)
        assert.deepEqual(read(bytes, sizes), whole)
      }
    })

    test(`${framing} in ${encoding}: any bytes leave it alive, and none is handed on twice`, () => {
      const next = random(12)
      for (let round = 0; round < 60; round += 1) {
        const size = 1 + (next() % 3000)
        const bytes = Buffer.from(
          Uint8Array.from({ length: size }, () => (next() % 3 === 0 ? 10 : next())),
        )
        const entries = read(bytes, () => 1 + (next() % 500))
        assert.equal(new Set(entries.map(({ at }) => at)).size, entries.length)
      }
    })

    test(`${framing} in ${encoding}: what is read anew from where it is told gives the rest`, () => {
      const next = random(13)
      for (let round = 0; round < 20; round += 1) {
        const bytes = someFile(write, next, 1)
        const stop = next() % bytes.length
        const first = openTestFrames({ framing, encoding })
        first.frames.take(bytes.subarray(0, stop))
        const from = first.frames.resumeAt()
        const second = openTestFrames({ framing, encoding })
        second.frames.beginFile(from)
        second.frames.take(bytes.subarray(from.offset))
        second.frames.end()
        const places = [...first.to.entries, ...second.to.entries].map(({ at }) => at)
        const all = openTestFrames({ framing, encoding })
        all.frames.take(bytes)
        all.frames.end()
        const missing = all.to.entries.filter(({ at }) => !places.includes(at))
        assert.deepEqual(missing, [])
      }
    })
  }
})

function readInPieces(
  options: { readonly framing: Framing; readonly encoding: LogEncoding },
  bytes: Buffer,
  sizeOfNext: () => number,
): readonly CollectedEntry[] {
  const { to, frames } = openTestFrames({ ...options, maxMessageBytes })
  for (let at = 0; at < bytes.length;) {
    const piece = Buffer.from(bytes.subarray(at, at + sizeOfNext()))
    frames.take(piece)
    at += piece.length
    piece.fill(0x22)
  }
  frames.end()
  return to.entries
}

/** Some lines; now and then one with a byte that was changed, zeros, half a line, and a very long one. */
function someFile(
  write: (next: () => number) => Buffer,
  next: () => number,
  round: number,
): Buffer {
  const pieces: Buffer[] = []
  for (let line = 0; line <= 1 + (next() % 30); line += 1) {
    const bytes = write(next)
    const choice = next() % 12
    if (choice === 0) bytes[next() % bytes.length] = next()
    if (choice === 1) pieces.push(Buffer.alloc(2 * (next() % 9)))
    pieces.push(choice === 2 ? bytes.subarray(0, 2 * (next() % (bytes.length / 2))) : bytes)
  }
  if (round % 20 === 7) pieces.push(Buffer.from(`${long}\n`), write(next))
  return Buffer.concat(pieces)
}

function writeJson(next: () => number): string {
  const end = next() % 3 === 0 ? '' : '\n'
  return `${JSON.stringify({ log: someText(next) + end, stream: someStream(next), time: lineTime })}\n`
}

function writeCri(next: () => number): string {
  const flag = next() % 3 === 0 ? 'P' : 'F'
  return `${lineTime} ${someStream(next)} ${flag} ${someText(next)}\n`
}

function writeLocal(next: () => number): Buffer {
  const line = someText(next)
  const source = someStream(next)
  const choice = next() % 4
  if (choice > 1) return makeLocalFrame({ line, source })
  return makeLocalFrame({ line, source, partial: choice === 0 ? 'more' : 'last' })
}

function someStream(next: () => number): string {
  return next() % 3 === 0 ? 'stderr' : 'stdout'
}

function someText(next: () => number): string {
  const alphabet = ['a', 'b', ' ', '"', '\\', '\r', '\t', '<', 'é', '€', '😀', '\u0a0a']
  return Array.from({ length: next() % 120 }, () => alphabet[next() % alphabet.length]).join('')
}
