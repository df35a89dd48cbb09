import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { collectGarbage } from './collect-garbage.ts'

describe('collectGarbage()', () => {
  test('lets go of what nobody refers to', async () => {
    const reference = new WeakRef({ big: 'thing' })
    // A reference that was only just made holds on until this turn is over.
    await turn()
    collectGarbage()
    assert.equal(reference.deref(), undefined)
  })
})
