import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { listTransfers, type WorkerReport } from './worker-protocol.ts'

const none = new Float64Array(0)

describe('listTransfers()', () => {
  test('hands over all columns of an interval', () => {
    const report: WorkerReport = {
      kind: 'closed',
      startS: 0,
      isLast: true,
      contextIds: new Int32Array(1),
      values: none,
      sketches: {
        contextIds: new Int32Array(1),
        summaries: new Float64Array(4),
        ends: new Int32Array(1),
        keys: new Int16Array(1),
        counts: new Uint32Array(1),
      },
    }
    assert.equal(listTransfers(report).length, 7)
    const copy = structuredClone(report, { transfer: [...listTransfers(report)] })
    assert.equal(copy.contextIds.length, 1)
    assert.equal(report.contextIds.length, 0)
  })

  test('hands over memory that columns share once', () => {
    const memory = new ArrayBuffer(16)
    const contextIds = new Int32Array(memory, 0, 1)
    const originIds = new Int32Array(memory, 4, 1)
    assert.deepEqual(listTransfers({ kind: 'forgotten', contextIds, originIds }), [memory])
  })

  test('copies what is no column', () => {
    assert.deepEqual(listTransfers({ kind: 'ready' }), [])
  })
})
