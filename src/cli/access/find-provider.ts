import type { OidcOptions } from '../../access/oidc/oidc-options.ts'
import type { Settings } from '../../config/settings.ts'
import { openAgent } from '../../sinks/forwarder/post/open-agent.ts'

/**
 * The provider of OpenID Connect that is set, reached as everything else is: through the proxy, with the certificates of
 * `vigie.ca_cert`. But `skip_ssl_validation` does not count: whoever can pretend to be the provider is an admin here.
 */
export function findProvider({
  access: { oidc },
  outbound,
}: Pick<Settings, 'access' | 'outbound'>): OidcOptions | undefined {
  if (oidc === undefined) return undefined
  const { tls } = outbound
  const verifying = tls.isVerified ? outbound : { ...outbound, tls: { ...tls, isVerified: true } }
  return { ...oidc, agentFor: (url) => openAgent(url, verifying, 1) }
}
