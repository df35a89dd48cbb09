/** Bytes are not what they should be; the message says what could not be read, where, and what was seen. */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly code = 'WIRE_MALFORMED'
}
