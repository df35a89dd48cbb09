import { ClientSecretBasic, ClientSecretPost, type ClientAuth } from 'openid-client'

/** How this server shows the provider its secret. */
export interface ClientAuthentication {
  readonly show: ClientAuth
  /** From now on it is shown in the other way. */
  readonly change: () => void
}

/**
 * Shows the secret in a header, as every provider has to take it, or in the body where a provider says that it takes it there
 * alone. Many say that they take both, and then want the one that this client was registered with: so the way can be changed.
 * @see RFC 6749, section 2.3.1
 */
export function openClientAuthentication(secret: string): ClientAuthentication {
  const inHeader = ClientSecretBasic(secret)
  const inBody = ClientSecretPost(secret)
  let isChanged = false
  return {
    show(server, ...shown) {
      const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
      const isInBody = !methods.includes('client_secret_basic') !== isChanged
      const way = isInBody ? inBody : inHeader
      way(server, ...shown)
    },
    change() {
      isChanged = !isChanged
    },
  }
}
