import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ServiceCheck } from '../../model/service-check.ts'
import { decodeChecks } from './decode-checks.ts'
import { encodeChecks } from './encode-checks.ts'

const nowMs = 1_790_000_000_000

const down: ServiceCheck = {
  kind: 'service-check',
  name: 'docker.service_up',
  status: 2,
  message: 'connect ENOENT',
  timeMs: 1_789_999_990_000,
  host: 'debian-1',
  tags: ['a:b'],
}

describe('decodeChecks()', () => {
  test('reads what our own agent writes', () => {
    const checks = [down, { ...down, status: 0, message: '' } as const]
    assert.deepEqual(decodeChecks(Buffer.from(encodeChecks(checks)), nowMs), checks)
  })

  test('reads one check that is not in a list, and fills in what is absent', () => {
    const body = { check: 'app.ok', status: 3, tags: null }
    assert.deepEqual(decodeChecks(Buffer.from(JSON.stringify(body)), nowMs), [
      {
        kind: 'service-check',
        name: 'app.ok',
        status: 3,
        message: '',
        timeMs: nowMs,
        host: '',
        tags: [],
      },
    ])
  })

  for (const status of [-1, 4, 1.5, '0', null]) {
    test(`refuses a status of ${JSON.stringify(status)}`, () => {
      const body = Buffer.from(
        JSON.stringify([
          { check: 'a', status: 0 },
          { check: 'b', status },
        ]),
      )
      assert.throws(() => decodeChecks(body, nowMs), {
        name: 'WireError',
        message: /^Cannot read the service checks: \[1\]\.status: /,
      })
    })
  }
})
