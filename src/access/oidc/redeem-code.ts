import { authorizationCodeGrant, fetchUserInfo, type Configuration } from 'openid-client'
import type { ClientAuthentication } from './client-auth.ts'
import type { Flow } from './flow-cookie.ts'
import { OidcError } from './oidc-error.ts'
import type { OidcOptions } from './oidc-options.ts'
import { claimAt, type Claims } from './read-claims.ts'
import { isClientRefused } from './tell-fault.ts'

/** Whom a provider vouches for. */
export interface Vouched {
  readonly issuer: string
  /** The provider's own name of the person, which never changes. */
  readonly subject: string
  readonly claims: Claims
}

/** What a code is redeemed with. */
export interface RedeemParts {
  readonly configuration: Configuration
  readonly auth: ClientAuthentication
  readonly options: Pick<OidcOptions, 'nameClaim' | 'roleClaim'>
}

/**
 * Gives the code for an ID token, and has that checked. Claims that it does not have are asked for: many providers put only
 * some into it. What stands in the ID token counts more, since it is signed.
 * @throws What the library throws, or {OidcError}.
 */
export async function redeemCode(answer: URL, flow: Flow, parts: RedeemParts): Promise<Vouched> {
  const { configuration, options } = parts
  const tokens = await requestTokens(answer, flow, parts)
  const claims = tokens.claims()
  if (claims === undefined) throw new OidcError('invalid', 'The provider gives no ID token')
  const wanted = [options.nameClaim, options.roleClaim]
  const isWhole = wanted.every((path) => claimAt(claims, path) !== undefined)
  const hasMore = configuration.serverMetadata().userinfo_endpoint !== undefined
  const more =
    isWhole || !hasMore ? {} : await fetchUserInfo(configuration, tokens.access_token, claims.sub)
  return { issuer: claims.iss, subject: claims.sub, claims: { ...more, ...claims } }
}

async function requestTokens(
  answer: URL,
  { state, nonce, verifier }: Flow,
  { configuration, auth }: RedeemParts,
): ReturnType<typeof authorizationCodeGrant> {
  const request = () =>
    authorizationCodeGrant(configuration, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    })
  try {
    return await request()
  } catch (error) {
    if (!isClientRefused(error)) throw error
    auth.change()
    return request()
  }
}
