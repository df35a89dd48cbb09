import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { describeFailure } from './describe-failure.ts'

function fault(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}

describe('describeFailure()', () => {
  for (const [code, message, told] of [
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'self-signed certificate; if the root CA is installed locally, try running Node.js with --use-system-ca',
      /^self-signed certificate; nobody who is trusted here has signed .*vigie\.ca_cert/,
    ],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'unable to verify the first certificate',
      /^unable to verify the first certificate; .*vigie\.ca_cert/,
    ],
    ['CERT_HAS_EXPIRED', 'certificate has expired', /^certificate has expired; renew .*clock/],
    [
      'EPROTO',
      'write EPROTO 00:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../ssl3.c',
      /^it answers without TLS; give its address with http:\/\//,
    ],
    ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', /^connect ECONNREFUSED 127\.0\.0\.1:1$/],
  ] as const) {
    test(`tells what to do about ${code}`, () => {
      assert.match(describeFailure(fault(code, message)), told)
    })
  }

  test('tells each of several addresses once', () => {
    const refused = fault('ECONNREFUSED', 'connect ECONNREFUSED ::1:1')
    assert.equal(
      describeFailure(new AggregateError([refused, refused, new Error('other')])),
      'connect ECONNREFUSED ::1:1, other',
    )
  })
})
