import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { isSameSecret } from '../../http/constant-time.ts'
import { openClientAuthentication } from './client-auth.ts'
import { createDiscovery } from './discovery.ts'
import type { Flow } from './flow-cookie.ts'
import { OidcError } from './oidc-error.ts'
import type { OidcOptions } from './oidc-options.ts'
import { checkAddress } from './provider-fetch.ts'
import { redeemCode, type Vouched } from './redeem-code.ts'
import { tellFault } from './tell-fault.ts'

/** Speaks to one provider. */
export interface Provider {
  /** Finds out whether it is there. @throws {OidcError} */
  readonly look: () => Promise<void>
  /**
   * Begins a sign-in.
   * @param callback The address that the provider is to send the browser back to.
   * @returns Where the browser has to go now, and what it has to remember.
   * @throws {OidcError} When the provider is away.
   */
  readonly begin: (
    callback: string,
    to: string,
  ) => Promise<{ readonly address: string; readonly flow: Flow }>
  /**
   * Ends it.
   * @param answer The address that the browser came back with.
   * @throws {OidcError} When the provider, or what it says, does not let in.
   */
  readonly finish: (answer: URL, flow: Flow) => Promise<Vouched>
}

/**
 * Opens a provider: authorization code with PKCE, state and nonce. Its name is checked, and the ID token with its signature,
 * audience, times and nonce.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth
 * @see RFC 9700, section 2.1.1
 */
export function openProvider(options: OidcOptions, clock: () => number): Provider {
  const auth = openClientAuthentication(options.clientSecret)
  const discover = createDiscovery({ options, auth: auth.show, clock })

  async function redeem(answer: URL, flow: Flow): Promise<Vouched> {
    try {
      return await redeemCode(answer, flow, { configuration: await discover(), auth, options })
    } catch (error) {
      throw tellFault(error)
    }
  }
  return {
    async look() {
      await discover()
    },
    async begin(callback, to) {
      const configuration = await discover()
      const flow = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
        to,
      }
      const address = buildAuthorizationUrl(configuration, {
        redirect_uri: callback,
        scope: options.scopes.join(' '),
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      })
      return { address: checkAddress(address.href).href, flow }
    },
    async finish(answer, flow) {
      if (!isSameSecret(answer.searchParams.get('state') ?? '', flow.state)) {
        throw new OidcError('expired', 'An answer of the provider is not for this browser')
      }
      return redeem(answer, flow)
    },
  }
}
