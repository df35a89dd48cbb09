/** Why somebody was not signed in, for the page to say it in a sentence. */
export type OidcFault =
  /** The provider cannot be reached, or does not answer as one. */
  | 'away'
  /** Too many are signing in at once. */
  | 'busy'
  /** The provider did not let this person in, or they went back. */
  | 'denied'
  /** It took too long, or was begun in another browser. */
  | 'expired'
  /** The provider does not accept this server. */
  | 'refused'
  /** What the provider has answered cannot be trusted. */
  | 'invalid'
  /** No claim holds a name. */
  | 'no-name'
  /** No claim gives a role. */
  | 'no-role'
  /** The name belongs to somebody else here. */
  | 'name-taken'
  /** There is no room for another account. */
  | 'full'

/** Ends a sign-in at a provider. The message is for the log of the server: it has no secret, and is never shown to whoever asks. */
export class OidcError extends Error {
  override readonly name = 'OidcError'
  readonly code = 'OIDC_REFUSED'
  readonly fault: OidcFault

  constructor(fault: OidcFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}
