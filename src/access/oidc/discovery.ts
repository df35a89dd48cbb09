import {
  allowInsecureRequests,
  ClientError,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type ClientAuth,
  type Configuration,
} from 'openid-client'
import { OidcError } from './oidc-error.ts'
import type { OidcOptions } from './oidc-options.ts'
import { checkAddress, createProviderFetch } from './provider-fetch.ts'

/** Finds out how a provider is spoken to. @throws {OidcError} 'away' when it does not say. */
export type Discover = () => Promise<Configuration>

export interface DiscoveryParts {
  readonly options: OidcOptions
  readonly auth: ClientAuth
  readonly clock: () => number
}

/** Providers change what they say of themselves at most now and then. */
const freshMs = 60 * 60_000
/** Anybody can make us ask again. */
const pauseMs = 5000
const timeoutS = 10
/** How far clocks may be apart. */
const toleranceS = 60

/**
 * Asks the provider when somebody wants to know, and keeps what it says for an hour, or for as long as it cannot be asked
 * again. It is asked once at a time, and after a failure not for 5 s.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export function createDiscovery({ options, auth, clock }: DiscoveryParts): Discover {
  let known: { readonly configuration: Configuration; readonly atMs: number } | undefined
  let failed: { readonly error: OidcError; readonly atMs: number } | undefined
  let running: Promise<Configuration> | undefined

  async function ask(): Promise<Configuration> {
    try {
      const configuration = await askIssuer(options, auth)
      known = { configuration, atMs: clock() }
      failed = undefined
      return configuration
    } catch (cause) {
      const error = toFailure(options.issuer, cause)
      failed = { error, atMs: clock() }
      if (known !== undefined) return known.configuration
      throw error
    } finally {
      running = undefined
    }
  }
  return async () => {
    const now = clock()
    if (known !== undefined && now - known.atMs < freshMs) return known.configuration
    if (failed !== undefined && now - failed.atMs < pauseMs) {
      if (known !== undefined) return known.configuration
      throw failed.error
    }
    running ??= ask()
    return running
  }
}

/** The name of some providers ends with a slash; ours is kept without. */
async function askIssuer(options: OidcOptions, auth: ClientAuth): Promise<Configuration> {
  const issuer = checkAddress(options.issuer)
  try {
    return await askAs(issuer, options, auth)
  } catch (error) {
    const isOtherName =
      error instanceof ClientError && error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED'
    if (!isOtherName || issuer.pathname === '/') throw error
    return askAs(new URL(`${issuer.href}/`), options, auth)
  }
}

async function askAs(issuer: URL, options: OidcOptions, auth: ClientAuth): Promise<Configuration> {
  const extensions = [enableNonRepudiationChecks]
  const configuration = await discovery(
    issuer,
    options.clientId,
    { [clockTolerance]: toleranceS },
    auth,
    {
      [customFetch]: createProviderFetch(options.agentFor),
      timeout: timeoutS,
      execute: issuer.protocol === 'http:' ? [...extensions, allowInsecureRequests] : extensions,
    },
  )
  checkAddress(configuration.serverMetadata().authorization_endpoint ?? '')
  return configuration
}

function toFailure(issuer: string, cause: unknown): OidcError {
  if (cause instanceof OidcError) return cause
  const nested = cause instanceof Error ? cause.cause : undefined
  if (nested instanceof OidcError) return nested
  const seen = cause instanceof Error ? cause.message : String(cause)
  const status = nested instanceof Response ? `: ${nested.status}` : ''
  return new OidcError(
    'away',
    `Cannot use ${issuer} as a provider of OpenID Connect: ${seen}${status}; check vigie.oidc.issuer`,
    { cause },
  )
}
