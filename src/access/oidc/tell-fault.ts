import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import { OidcError } from './oidc-error.ts'

/** Whether a provider takes the code, but not the secret as it was shown. */
export function isClientRefused(error: unknown): boolean {
  if (error instanceof WWWAuthenticateChallengeError) return true
  return error instanceof ResponseBodyError && error.error === 'invalid_client'
}

/**
 * What keeps somebody from signing in, of whatever the library has thrown; an {OidcError} as it is. Of what a provider says
 * only the code goes into the message: its texts may repeat what they were asked with.
 */
export function tellFault(error: unknown): OidcError {
  const own = findOwn(error)
  if (own !== undefined) return own
  if (error instanceof AuthorizationResponseError) return tellAnswered(error)
  if (error instanceof ResponseBodyError) {
    const fault = error.error === 'invalid_grant' ? 'expired' : 'refused'
    return new OidcError(fault, `The provider answers ${shown(error.error)} for the code`)
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    return new OidcError('refused', 'The provider does not take the client secret')
  }
  if (!(error instanceof ClientError)) {
    return new OidcError('invalid', 'Cannot use what the provider has answered', { cause: error })
  }
  const isStatus = error.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM'
  const nested = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return new OidcError(
    isStatus ? 'away' : 'invalid',
    `Cannot use what the provider has answered: ${error.message}${nested}`,
    { cause: error },
  )
}

/** @see https://openid.net/specs/openid-connect-core-1_0.html#AuthError */
function tellAnswered({ error }: AuthorizationResponseError): OidcError {
  const message = `The provider answers ${shown(error)}`
  if (error === 'server_error' || error === 'temporarily_unavailable') {
    return new OidcError('away', message)
  }
  const isOfPerson = error === 'access_denied' || error.endsWith('_required')
  return new OidcError(isOfPerson ? 'denied' : 'refused', message)
}

function shown(code: string): string {
  return /^[\w.-]{1,60}$/.test(code) ? code : 'an error'
}

function findOwn(error: unknown): OidcError | undefined {
  let at = error
  for (let depth = 0; depth < 5 && at instanceof Error; depth++) {
    if (at instanceof OidcError) return at
    at = at.cause
  }
  return undefined
}
