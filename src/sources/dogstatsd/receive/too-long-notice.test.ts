import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TooLongNotice } from './too-long-notice.ts'
import type { WorkerReport } from './worker-protocol.ts'

describe('TooLongNotice', () => {
  for (const [isWanted, count] of [
    [true, 1],
    [false, 0],
  ] as const) {
    test(`tells ${count} of two in one second where that is ${isWanted ? '' : 'not '}wanted`, () => {
      const posted: WorkerReport[] = []
      const notice = new TooLongNotice({
        isWanted,
        maxBytes: 100,
        post: (report) => posted.push(report),
      })
      notice.tell(101)
      notice.tell(102)
      assert.equal(posted.length, count)
    })
  }
})
