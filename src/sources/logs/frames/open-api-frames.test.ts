import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EntryCollector } from '../../../../test/logs/entry-collector.ts'
import { random } from '../../../../test/logs/test-frames.ts'
import type { ApiFrameOptions, ApiFrames } from './frames.ts'
import { openApiFrames } from './open-api-frames.ts'

const second = '2023-11-14T22:13:20'

describe('openApiFrames()', () => {
  test('reads frames of both outputs, with their times', () => {
    const { to, frames, damage } = open()
    frames.take(
      Buffer.concat([
        frame(1, `${at(1)} one two\n`),
        frame(2, `${at(2)} err\r\n`),
        frame(1, `${at(3)} \n`),
      ]),
    )
    assert.deepEqual(
      to.entries.map(({ bytes, output, timeNs }) => [bytes, output, timeNs]),
      [
        ['one two', 'stdout', 1_700_000_000_000_000_001n],
        ['err', 'stderr', 1_700_000_000_000_000_002n],
        ['', 'stdout', 1_700_000_000_000_000_003n],
      ],
    )
    assert.deepEqual(frames.resumeAt(), { since: at(3) })
    assert.deepEqual(damage, [])
  })

  test('joins what the engine has cut, each output for itself, also over two answers', () => {
    const { to, frames } = open()
    frames.take(frame(1, `${at(1)} begin `))
    frames.take(frame(2, `${at(2)} err\n`))
    frames.begin()
    frames.take(
      Buffer.concat([
        frame(1, `${at(1)} begin `),
        frame(2, `${at(2)} err\n`),
        frame(1, `${at(3)} end\n`),
      ]),
    )
    assert.deepEqual(to.texts, ['err', 'begin end'])
  })

  test('reads frames cut anywhere', () => {
    const bytes = Buffer.concat(
      Array.from({ length: 50 }, (_, index) =>
        frame(1 + (index % 2), `${at(index)} line ${index}\n`),
      ),
    )
    const next = random(3)
    for (let round = 0; round < 50; round += 1) {
      const { to, frames } = open()
      for (let from = 0; from < bytes.length;) {
        const piece = Buffer.from(bytes.subarray(from, from + 1 + (next() % 99)))
        frames.take(piece)
        from += piece.length
        piece.fill(0)
      }
      assert.deepEqual(
        to.texts,
        Array.from({ length: 50 }, (_, index) => `line ${index}`),
      )
    }
  })

  test('hands nothing on again that an opened-anew stream gives again', () => {
    const { to, frames } = open()
    const old = [frame(1, `${at(1)} a\n`), frame(1, `${at(2)} b\n`), frame(1, `${at(2)} c\n`)]
    frames.take(Buffer.concat(old))
    frames.take(frame(1, `${at(5)} never whole\n`).subarray(0, 20))
    frames.begin()
    frames.take(Buffer.concat([...old, frame(1, `${at(2)} d\n`), frame(1, `${at(5)} e\n`)]))
    assert.deepEqual(to.texts, ['a', 'b', 'c', 'd', 'e'])
  })

  test('leaves the line out that was the last before the agent began', () => {
    const { to, frames } = open({ since: at(2) })
    assert.deepEqual(frames.resumeAt(), { since: at(2) })
    frames.begin()
    frames.take(
      Buffer.concat([1, 2, 2, 3].map((nanos, index) => frame(1, `${at(nanos)} ${index}\n`))),
    )
    assert.deepEqual(to.texts, ['2', '3'])
  })

  test('goes on before what waits here, or further on', () => {
    const { to, frames } = open()
    assert.deepEqual(frames.resumeAt(), { since: '' })
    frames.take(frame(1, `${second}.000123456Z part`))
    frames.take(frame(2, `${second}.5Z err\n`))
    assert.deepEqual(frames.resumeAt(), { since: `${second}.000122000Z` })
    frames.take(frame(1, `${second}.6Z end\n`))
    assert.deepEqual(frames.resumeAt(), { since: `${second}.6Z` })
    to.waiting = { fileId: 0n, offset: Number(to.entries[0]?.at.split(':')[1]) }
    assert.deepEqual(frames.resumeAt(), { since: `${second}.499999000Z` })
  })

  test('hands on a part that has waited, and the rest when nothing more comes', () => {
    let nowMs = 1
    const { to, frames } = open({ nowMs: () => nowMs })
    frames.take(frame(1, `${at(1)} part`))
    nowMs = 5
    frames.take(frame(2, `${at(2)} other`))
    frames.settle(5)
    assert.deepEqual(to.texts, ['part'])
    frames.end()
    assert.deepEqual(to.texts, ['part', 'other'])
    assert.ok(to.hasEnded)
  })

  test('reads the lines of a terminal, and joins those that the engine has cut', () => {
    const { to, frames } = open({ isTty: true })
    const long = 'x'.repeat(16 * 1024)
    const bytes = Buffer.from(
      `${at(1)} one\r\n${at(2)} ${long}${at(3)} ${long}${at(4)} end\r\n${at(5)} ${long}y\r\n${at(6)} last`,
    )
    for (let from = 0; from < bytes.length; from += 1000)
      frames.take(bytes.subarray(from, from + 1000))
    frames.end()
    assert.deepEqual(to.texts, ['one', `${long}${long}end`, `${long}y`, 'last'])
    assert.deepEqual(
      to.entries.map(({ output }) => output),
      ['stdout', 'stdout', 'stdout', 'stdout'],
    )
  })

  test('tells what the engine says, and reads on', () => {
    const { to, frames, damage } = open()
    frames.take(Buffer.concat([frame(3, 'Error grabbing logs\n'), frame(1, `${at(1)} a\n`)]))
    assert.deepEqual(damage, ['Error grabbing logs'])
    assert.deepEqual(to.texts, ['a'])
  })

  test('reads as lines what has no frames, until the next answer', () => {
    const { to, frames, damage } = open()
    frames.take(Buffer.from(`${at(1)} raw\n`))
    frames.begin()
    frames.take(frame(1, `${at(2)} framed\n`))
    assert.deepEqual(to.texts, ['raw', 'framed'])
    assert.equal(damage.length, 1)
  })

  test('hands a line without a time on at the time of the reading', () => {
    const { to, frames, damage } = open()
    frames.take(Buffer.concat([frame(1, 'no time\n'), frame(1, 'x\n')]))
    assert.deepEqual(to.texts, ['no time', 'x'])
    assert.equal(to.entries[0]?.timeNs, 1_800_000_000_000_000_000n)
    assert.equal(damage.length, 1)
  })

  test('lives on whatever comes', () => {
    const next = random(9)
    for (let round = 0; round < 200; round += 1) {
      const { frames } = open({ isTty: round % 2 === 0, since: `${second}Z` })
      for (let piece = 0; piece < 5; piece += 1) {
        const length = next() % 400
        frames.take(Uint8Array.from({ length }, () => (next() % 2 === 0 ? next() % 4 : next())))
        if (piece === 3) frames.begin()
      }
      frames.resumeAt()
      frames.end()
    }
  })
})

function open(options: Partial<ApiFrameOptions> = {}): {
  readonly to: EntryCollector
  readonly frames: ApiFrames
  readonly damage: string[]
} {
  const to = new EntryCollector()
  const damage: string[] = []
  const frames = openApiFrames({
    isTty: false,
    since: '',
    maxMessageBytes: 900_000,
    nowMs: () => 0,
    clock: () => 1_800_000_000_000,
    to,
    onDamage: (what) => damage.push(what),
    ...options,
  })
  return { to, frames, damage }
}

function at(nanos: number): string {
  return `${second}.${String(nanos).padStart(9, '0')}Z`
}

function frame(kind: number, text: string): Buffer {
  const header = Buffer.of(kind, 0, 0, 0, 0, 0, 0, 0)
  header.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([header, Buffer.from(text)])
}
