import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Provider } from 'oidc-provider'

/** A person as the provider knows them. */
export interface Account {
  readonly sub: string
  readonly preferred_username: string
  readonly realm_access: { readonly roles: readonly string[] }
}

/** How the provider knows the server under test. */
export interface Client {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
}

/** A place on loopback for a provider that need not be there yet. */
export interface RealProvider extends AsyncDisposable {
  readonly issuer: string
  /** Begins to be a provider; before, all is answered with 503. */
  readonly begin: (client: Client) => void
  /** Who sits in front of it from now on; nobody: the sign-in is broken off there. */
  readonly seat: (account: Account | undefined) => void
}

/** Opens `oidc-provider`, certified to be one by the OpenID Foundation, where whoever sits in front of it signs in at once. */
export async function openRealProvider(): Promise<RealProvider> {
  let answer = (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(503).end()
  }
  const accounts = new Map<string, Account>()
  let seated: Account | undefined
  const server = createServer((request, response) => answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return {
    issuer,
    begin(client) {
      const provider = createProvider(issuer, client, accounts)
      const serve = provider.callback()
      answer = (request, response) => {
        if (request.url?.startsWith('/interaction/') !== true) return void serve(request, response)
        const result =
          seated === undefined
            ? { error: 'access_denied', error_description: 'Call 555-1234' }
            : { login: { accountId: seated.sub, remember: false } }
        void provider.interactionFinished(request, response, result)
      }
    },
    seat(account) {
      if (account !== undefined) accounts.set(account.sub, account)
      seated = account
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function createProvider(
  issuer: string,
  { clientId, clientSecret, redirectUri }: Client,
  accounts: ReadonlyMap<string, Account>,
): Provider {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kty: 'RSA', alg: 'RS256', use: 'sig' }] }, // prettier-ignore
    cookies: { keys: ['of this test'] },
    claims: { openid: ['sub'], profile: ['preferred_username'], roles: ['realm_access'] },
    scopes: ['openid', 'profile', 'roles'],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ ...(accounts.get(sub) ?? { sub }) }),
    }),
    async loadExistingGrant({ oidc }) {
      const { client, session, provider } = oidc
      if (client === undefined || session?.accountId === undefined) return undefined
      const grant = new provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      })
      grant.addOIDCScope('openid profile roles')
      await grant.save()
      return grant
    },
  })
}
