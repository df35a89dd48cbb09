import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { FrameReader, frameMemoryBytes } from './frame-reader.ts'

const packetBytes = 100
const chunkBytes = 64

function frame(text: string, length = Buffer.byteLength(text)): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt32LE(length)
  return Buffer.concat([header, Buffer.from(text)])
}

/** Reads a stream in pieces of `size` bytes; whoever takes a frame writes over the eight bytes behind it. */
function readInPieces(
  stream: Buffer,
  size: number,
): { frames: string[]; tooLong: number | undefined; isWithinFrame: boolean } {
  const memory = new Uint8Array(frameMemoryBytes(packetBytes, chunkBytes))
  const reader = new FrameReader(packetBytes)
  const frames: string[] = []
  let tooLong: number | undefined
  for (let at = 0; at < stream.length && tooLong === undefined; at += size) {
    const piece = stream.subarray(at, at + size)
    const behind = reader.begin(memory)
    memory.set(piece, behind)
    tooLong = reader.take(memory, behind + piece.length, (from, to) => {
      frames.push(Buffer.from(memory.subarray(from, to)).toString())
      memory.fill(0xff, to, to + 8)
    })
    // Another connection uses the same memory.
    memory.fill(0xee)
  }
  return { frames, tooLong, isWithinFrame: reader.isWithinFrame }
}

describe('FrameReader', () => {
  const texts = ['a:1|c', 'b', 'x'.repeat(packetBytes), 'c:2|g|#t:é']
  const stream = Buffer.concat(texts.map((text) => frame(text)))

  for (const size of [1, 2, 3, 5, 7, 30, chunkBytes]) {
    test(`takes frames that come in pieces of ${size} bytes`, () => {
      const { frames, tooLong, isWithinFrame } = readInPieces(stream, size)
      assert.deepEqual(frames, texts)
      assert.deepEqual([tooLong, isWithinFrame], [undefined, false])
    })
  }

  test('passes over empty frames', () => {
    const { frames } = readInPieces(Buffer.concat([frame(''), frame('a'), frame('')]), 64)
    assert.deepEqual(frames, ['a'])
  })

  test('takes what stands before a frame that is too long, and nothing behind', () => {
    const bad = Buffer.concat([frame('a'), frame('', packetBytes + 1), frame('b')])
    const { frames, tooLong } = readInPieces(bad, 64)
    assert.deepEqual([frames, tooLong], [['a'], packetBytes + 1])
  })

  test('takes a length for the positive number that it is', () => {
    assert.equal(readInPieces(frame('', 0xffff_fffe), 64).tooLong, 0xffff_fffe)
  })

  test('knows when the stream ends within a frame', () => {
    assert.equal(readInPieces(frame('abc').subarray(0, 6), 64).isWithinFrame, true)
    assert.equal(readInPieces(frame('abc').subarray(0, 2), 64).isWithinFrame, true)
  })
})
