import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { describeTlsFault } from './tls-fault.ts'

const endpoint = 'tcp://engine:2376'

describe('describeTlsFault()', () => {
  for (const [code, text, expected] of [
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', '', /not signed by the ca\.pem in DOCKER_CERT_PATH/],
    ['SELF_SIGNED_CERT_IN_CHAIN', '', /not signed by the ca\.pem in DOCKER_CERT_PATH/],
    ['CERT_HAS_EXPIRED', '', /is not valid today \(CERT_HAS_EXPIRED\)/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'Host: x. is not y', /for another name: Host: x\. is not y;/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', '', /speaks plain HTTP, not TLS/],
    ['EPROTO', 'write EPROTO error:SSL routines::wrong version number', /speaks plain HTTP/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', '', /refuses the certificate it was shown/],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', '', /refuses the certificate it was shown/],
    ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', '', /refuses the certificate it was shown/],
  ] as const) {
    test(`says what to do about ${code} ${text}`, () => {
      const message = describeTlsFault(endpoint, code, text)
      assert.match(message ?? '', expected)
      assert.ok(message?.startsWith('The container engine at tcp://engine:2376 '))
    })
  }

  for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPROTO']) {
    test(`leaves ${code} to others`, () => {
      assert.equal(describeTlsFault(endpoint, code, `connect ${code}`), undefined)
    })
  }
})
