/** The old configuration cannot be imported; nothing was written. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
  readonly code = 'IMPORT'
}
