import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cutHead, isCopy, isSameFile, makeFileId } from './file-id.ts'

function idOf(inode: bigint, text: string | Buffer, hasTimedLines = false): bigint {
  return makeFileId(inode, cutHead(Buffer.from(text), hasTimedLines), hasTimedLines)
}

describe('makeFileId()', () => {
  test('stays the same while the file grows', () => {
    assert.equal(idOf(7n, 'one\n'), idOf(7n, 'one\ntwo\n'))
    assert.equal(idOf(7n, 'x'.repeat(1024)), idOf(7n, `${'x'.repeat(2000)}\n`))
  })

  test('differs by first line and by inode', () => {
    assert.notEqual(idOf(7n, 'one\n'), idOf(7n, 'two\n'))
    assert.notEqual(idOf(7n, 'one\n'), idOf(8n, 'one\n'))
  })

  test('needs no inode where lines carry a time, so that a compressed copy has it too', () => {
    assert.equal(idOf(7n, '2024 one\n', true), idOf(8n, '2024 one\nmore\n', true))
  })

  test('looks at all of a long line whose time is at its end', () => {
    const long = 'x'.repeat(90_000)
    assert.notEqual(idOf(7n, `${long} 1\n`, true), idOf(7n, `${long} 2\n`, true))
  })

  test('takes the whole first frame of the driver local, in which a line end is no end', () => {
    const frame = (last: number): Buffer => Buffer.from([0, 0, 0, 4, 10, 1, 2, last, 0, 0, 0, 4, 9])
    assert.notEqual(idOf(7n, frame(1), true), idOf(7n, frame(2), true))
    assert.equal(cutHead(frame(1).subarray(0, 7), true).isWhole, false)
  })

  test('is known again when the first line was not whole at that time', () => {
    const half = idOf(7n, 'hal')
    assert.ok(isSameFile(half, idOf(7n, 'half\n'), false))
    assert.ok(!isSameFile(half, idOf(8n, 'half\n'), false))
    assert.ok(!isSameFile(idOf(7n, 'half\n'), idOf(7n, 'other\n'), false))
  })

  test('tells a copy by its first line', () => {
    assert.ok(isCopy(idOf(7n, 'one\n'), idOf(9n, 'one\n'), false))
    assert.ok(!isCopy(idOf(7n, 'one\n'), idOf(9n, 'two\n'), false))
    assert.ok(!isCopy(idOf(7n, 'hal'), idOf(9n, 'hal'), false))
  })
})
