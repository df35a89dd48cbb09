import {
  createHash,
  createSign,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { OidcOptions } from '../../src/access/oidc/oidc-options.ts'

/** What a provider says and does; tests change it as they go, also to what no good one would do. */
export interface Behaviour {
  /** Who signs in: what stands in the ID token. */
  idToken: Record<string, unknown>
  /** Replaces what is right in the ID token. */
  wrong: Record<string, unknown>
  userinfo: Record<string, unknown>
  /** The key that signs. */
  signedBy: 'own' | 'other'
  /** Where the secret has to be. */
  secretIn: 'header' | 'body'
  /** Replaces what is right in the description of the provider. */
  description: Record<string, unknown>
  /** Answers a path in place of the provider. */
  instead: Record<string, (response: ServerResponse) => void>
}

/** A provider of OpenID Connect on loopback that can be made to lie. */
export interface FakeProvider extends AsyncDisposable {
  readonly issuer: string
  readonly behaviour: Behaviour
  /** The paths that it was asked for. */
  readonly asked: readonly string[]
  /** What a browser does with an address of the provider: signs in there. @returns The address that it is led back to. */
  readonly visit: (address: string) => URL
  /** How the server knows it; what is given replaces the rest. */
  readonly options: (change?: Partial<OidcOptions>) => OidcOptions
}

export const clientSecret = 'a secret: 100% of it'
const clientId = 'vigie'

const keys = {
  own: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  other: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
}

interface Begun {
  readonly nonce: string
  readonly challenge: string
  readonly redirectUri: string
}

/** Opens it on a free port. */
export async function openFakeProvider(): Promise<FakeProvider> {
  const behaviour: Behaviour = {
    idToken: { sub: 'subject-1' },
    wrong: {},
    userinfo: {},
    signedBy: 'own',
    secretIn: 'header',
    description: {},
    instead: {},
  }
  const begun = new Map<string, Begun>()
  const asked: string[] = []
  let issuer = ''
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const instead = behaviour.instead[path]
    if (instead !== undefined) return instead(response)
    return void answer(request, response)
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(Buffer.concat(await request.toArray()).toString())
    const [status, body] = await find(request, form)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  async function find(request: IncomingMessage, form: URLSearchParams): Promise<[number, object]> {
    const path = request.url ?? ''
    switch (path) {
      case '/.well-known/openid-configuration':
        return [200, { ...describe(issuer), ...behaviour.description }]
      case '/realm/.well-known/openid-configuration':
        return [200, { ...describe(issuer), issuer: `${issuer}/realm/`, ...behaviour.description }]
      case '/jwks':
        return [200, { keys: [{ ...keys.own.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'ES256' }] }] // prettier-ignore
      case '/userinfo':
        return [200, { sub: behaviour.idToken['sub'], ...behaviour.userinfo }]
      default:
        return redeem(request, form)
    }
  }
  function redeem(request: IncomingMessage, form: URLSearchParams): [number, object] {
    if (!showsSecret(request, form, behaviour.secretIn)) return [401, { error: 'invalid_client' }]
    const { nonce, challenge, redirectUri } = begun.get(form.get('code') ?? '') ?? {}
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (verifier !== challenge || form.get('redirect_uri') !== redirectUri) {
      return [400, { error: 'invalid_grant', error_description: `not with ${clientSecret}` }]
    }
    begun.delete(form.get('code') ?? '')
    const nowS = Math.floor(Date.now() / 1000)
    const right = { iss: issuer, aud: clientId, iat: nowS, exp: nowS + 300, nonce }
    const claims = { ...right, ...behaviour.idToken, ...behaviour.wrong }
    const token = sign(claims, keys[behaviour.signedBy].privateKey)
    return [200, { access_token: 'access', token_type: 'Bearer', id_token: token }]
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return {
    issuer,
    behaviour,
    asked,
    visit(where) {
      const asking = new URL(where).searchParams
      const code = randomBytes(8).toString('hex')
      const get = (name: string): string => asking.get(name) ?? ''
      begun.set(code, {
        nonce: get('nonce'),
        challenge: get('code_challenge_method') === 'S256' ? get('code_challenge') : 'none',
        redirectUri: get('redirect_uri'),
      })
      const back = new URL(get('redirect_uri'))
      back.search = new URLSearchParams({ code, state: get('state') }).toString()
      return back
    },
    options: (change = {}) => ({
      issuer,
      clientId,
      clientSecret,
      name: 'Example',
      scopes: ['openid', 'profile'],
      nameClaim: 'preferred_username',
      roleClaim: 'groups',
      roles: { viewer: ['staff'], admin: ['ops'] },
      agentFor: () => new Agent(),
      ...change,
    }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function describe(issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  }
}

/** @see RFC 6749, section 2.3.1: what stands in the header is encoded as a form is. */
function showsSecret(
  { headers }: IncomingMessage,
  form: URLSearchParams,
  secretIn: Behaviour['secretIn'],
): boolean {
  if (secretIn === 'body') return form.get('client_secret') === clientSecret
  const [, encoded = ''] = (headers.authorization ?? '').split(' ')
  const [, secret = ''] = Buffer.from(encoded, 'base64').toString().split(':')
  return new URLSearchParams(`is=${secret}`).get('is') === clientSecret
}

function sign(claims: object, key: KeyObject): string {
  const parts = [{ alg: 'ES256', kid: 'k' }, claims]
  const text = parts
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signer = createSign('sha256').update(text)
  const signature = signer.sign({ key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  return `${text}.${signature}`
}
