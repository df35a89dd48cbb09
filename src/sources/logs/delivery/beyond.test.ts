import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Beyond } from './beyond.ts'
import { emptyTally, type Tally } from './tally.ts'

function tallyOf(readLines: number): Tally {
  const counts = { readLines, handedLines: readLines, droppedLines: 0, truncatedLines: 0 }
  return { ...emptyTally, counts, readBytes: readLines * 10 }
}

describe('Beyond', () => {
  test('knows the files behind one that is read anew', () => {
    const begun = [1n, 2n, 3n].map((fileId, at) => ({ fileId, ...tallyOf(at * 100) }))
    const beyond = new Beyond({ begun, shipped: tallyOf(250) })
    beyond.noteBegun({ fileId: 1n, offset: 0 }, tallyOf(0))
    beyond.settle({ fileId: 1n, offset: 500 }, tallyOf(50))
    assert.equal(beyond.countedAt({ fileId: 2n, offset: 0 })?.counts.readLines, 100)
    assert.equal(beyond.countedAt({ fileId: 3n, offset: 0 })?.counts.readLines, 200)
    assert.equal(beyond.countedAt({ fileId: 4n, offset: 0 })?.counts.readLines, 250)
  })
})
