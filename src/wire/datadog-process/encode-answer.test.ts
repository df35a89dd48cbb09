import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { encodeAnswer } from './encode-answer.ts'
import { readMessage } from './message-frame.ts'

describe('encodeAnswer()', () => {
  test('is a ResCollector in a frame, with a status in which nobody looks', () => {
    const answer = readMessage(encodeAnswer())
    assert.equal(answer.type, 23)
    assert.equal(answer.format, 'protobuf')
    // status { interval: 2 }: `activeClients` is 0 by not being there.
    assert.deepEqual([...answer.body], [0x1a, 2, 0x10, 2])
  })
})
