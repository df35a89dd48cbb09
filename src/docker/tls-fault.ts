const unknownAuthority = new Set([
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])
/** What OpenSSL says when the other side answers a TLS greeting with plain HTTP. */
const notTls = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL/
/** The engine did not like the certificate that it was shown, or was shown none. */
const ownRefused =
  /ALERT_(?:BAD_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|HANDSHAKE_FAILURE|ACCESS_DENIED)/

/**
 * Says in one sentence what is wrong with TLS to the engine and which setting mends it.
 * @param code Of the socket's error, Node's or OpenSSL's.
 * @returns `undefined` for a fault that has nothing to do with TLS.
 */
export function describeTlsFault(endpoint: string, code: string, text: string): string | undefined {
  // OpenSSL's own words are in the code or, with EPROTO, in the text alone.
  const words = `${code} ${text}`.toUpperCase().replaceAll(' ', '_')
  const engine = `The container engine at ${endpoint}`
  if (unknownAuthority.has(code)) {
    return `${engine} shows a certificate that is not signed by the ca.pem in DOCKER_CERT_PATH (${code}); put the engine's own ca.pem there`
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return `${engine} shows a certificate that is not valid today (${code}); renew it, or set this machine's clock`
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `${engine} shows a certificate for another name: ${text}; put a name from the certificate into DOCKER_HOST`
  }
  if (notTls.test(words)) {
    return `${engine} speaks plain HTTP, not TLS: unset DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, or give the port on which it speaks TLS, usually 2376`
  }
  if (ownRefused.test(words)) {
    return `${engine} refuses the certificate it was shown (${code}): DOCKER_CERT_PATH must hold a cert.pem and key.pem signed by the engine's authority`
  }
  return undefined
}
