import { toSafeMessage } from '../../../telemetry/safe-message.ts'

const unknownSigner =
  'nobody who is trusted here has signed its certificate; if it is the right one, let vigie.ca_cert be a file with it or with its signer'
const notToday = 'renew its certificate, or set the clock of this machine'

/** What to do about faults of TLS, by the code of Node. What Node itself advises is for those who start Node. */
const tlsAdvice: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: notToday,
  CERT_NOT_YET_VALID: notToday,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownSigner,
  ERR_TLS_CERT_ALTNAME_INVALID: 'give its address by a name that its certificate has',
  SELF_SIGNED_CERT_IN_CHAIN: unknownSigner,
  UNABLE_TO_GET_ISSUER_CERT: unknownSigner,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownSigner,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownSigner,
}

/**
 * Why there was no answer, and what to do where that is known, on one line. Where a name has several addresses the error
 * of each is inside the outer one.
 */
export function describeFailure(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0)
    return [...new Set(error.errors.map(describeFailure))].join(', ')
  if (!(error instanceof Error)) return toSafeMessage(String(error))
  const message = error.message || error.name
  const code = 'code' in error ? String(error.code) : ''
  if (/wrong version number/i.test(message))
    return 'it answers without TLS; give its address with http:// in place of https://'
  const advice = tlsAdvice[code]
  if (advice === undefined) return toSafeMessage(message)
  return toSafeMessage(
    `${message.replace(/; if the root CA is installed locally, .*$/, '')}; ${advice}`,
  )
}
