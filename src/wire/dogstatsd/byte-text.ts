const shownCharacters = 100

/**
 * Bytes as a text with one character for each byte: the separators of the protocol are ASCII, and events tell the lengths of
 * their parts in bytes.
 */
export function toByteText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** The text that the bytes mean in UTF-8; what is not UTF-8 becomes U+FFFD. */
export function fromByteText(byteText: string): string {
  return isAscii(byteText) ? byteText : Buffer.from(byteText, 'latin1').toString('utf8')
}

/** A piece of a message for people, quoted, at most 100 characters of it. */
export function quote(byteText: string): string {
  const text = fromByteText(byteText)
  const shown = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text
  return JSON.stringify(shown)
}

function isAscii(byteText: string): boolean {
  return !/[\u0080-\u00ff]/.test(byteText)
}
