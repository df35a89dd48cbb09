import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ServiceCheck } from '../../model/service-check.ts'
import { decodeChecks } from './decode-checks.ts'
import { encodeChecks } from './encode-checks.ts'

const check: ServiceCheck = {
  kind: 'service-check',
  name: 'docker.service_up',
  status: 2,
  message: 'no engine',
  timeMs: 1_795_189_550_000,
  host: 'box-1',
  tags: ['env:test'],
}

describe('encodeChecks()', () => {
  test('writes an array in the names of the intake, times in whole seconds', () => {
    assert.deepEqual(JSON.parse(encodeChecks([{ ...check, timeMs: check.timeMs + 999 }])), [
      {
        check: 'docker.service_up',
        host_name: 'box-1',
        timestamp: 1_795_189_550,
        status: 2,
        message: 'no engine',
        tags: ['env:test'],
      },
    ])
  })

  test('is read by our own intake as it was meant', () => {
    assert.deepEqual(decodeChecks(Buffer.from(encodeChecks([check])), 0), [check])
  })
})
