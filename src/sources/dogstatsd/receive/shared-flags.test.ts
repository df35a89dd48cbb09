import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SharedFlags } from './shared-flags.ts'

describe('SharedFlags', () => {
  test('shows the other side that it is to stop', () => {
    const flags = SharedFlags.create(0)
    const other = new SharedFlags(flags.buffer)
    assert.equal(other.isStopping, false)
    flags.stop()
    assert.equal(other.isStopping, true)
  })

  test('knows the descriptors that were not forgotten, up to their number', () => {
    const flags = SharedFlags.create(3)
    for (const descriptor of [10, 11, 12, 13]) flags.note(descriptor)
    flags.forget(11)
    flags.note(14)
    assert.deepEqual(flags.takeDescriptors(), [10, 14, 12])
    assert.deepEqual(flags.takeDescriptors(), [])
    assert.equal(flags.isStopping, false)
  })
})
