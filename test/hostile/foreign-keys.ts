import {
  fillPath,
  makeRequest,
  type Header,
  type HostileRequest,
  type Target,
} from './hostile-request.ts'

/** As long as a right one. */
const foreign = 'f0e1d2c3b4a5968778695a4b3c2d1e0f'

/** Every route without what it wants to be shown, with another, and with the right one in a wrong place. */
export function foreignKeys(target: Target): HostileRequest[] {
  const { intake, people } = target
  return [
    ...intake.flatMap((path) => [
      post(path, 'no key', []),
      post(path, 'a foreign key', [['DD-API-KEY', foreign]]),
    ]),
    ...strangeKeys(target),
    ...people
      .filter(({ isForAnyone }) => !isForAnyone)
      .flatMap((route) => [
        ask(route, 'no token', []),
        ask(route, 'a foreign token', [['Authorization', `Bearer ${foreign}`]]),
      ]),
    ...strangeTokens(target),
    ...forgedAddresses,
  ]
}

function post(path: string, name: string, headers: readonly Header[]): HostileRequest {
  return {
    name: `POST ${path} with ${name}`,
    bytes: () => makeRequest({ method: 'POST', path: fillPath(path, 'x'), headers, body: '{}' }),
    outcomes: [403, 404],
  }
}

function ask(
  { method, path }: Pick<Target['people'][number], 'method' | 'path'>,
  name: string,
  headers: readonly Header[],
): HostileRequest {
  return {
    name: `${method} ${path} with ${name}`,
    bytes: () =>
      makeRequest({
        method,
        path: fillPath(path, '0123456789ab'),
        headers,
        ...(method === 'POST' && { body: '{}' }),
      }),
    outcomes: [401],
  }
}

/** The right key, but not as it is to be shown. */
function strangeKeys({ key, token }: Target): HostileRequest[] {
  const path = '/api/v2/series'
  const shown: Readonly<Record<string, readonly Header[]>> = {
    'the key twice': [['DD-API-KEY', key], ['DD-API-KEY', key]],
    'a foreign key before the right one': [['DD-API-KEY', foreign], ['DD-API-KEY', key]],
    'the right key before a foreign one': [['DD-API-KEY', key], ['DD-API-KEY', foreign]],
    'an empty key': [['DD-API-KEY', '']],
    'an empty key and the right one as a bearer’s token': [['DD-API-KEY', ''], ['Authorization', `Bearer ${key}`]],
    'the key in capitals': [['DD-API-KEY', `${key.toUpperCase()} `]],
    'the first half of the key': [['DD-API-KEY', key.slice(0, 16)]],
    'the key and a letter more': [['DD-API-KEY', `${key}0`]],
    'the key in quotes': [['DD-API-KEY', `"${key}"`]],
    'the key in a cookie': [['Cookie', `DD-API-KEY=${key}; api_key=${key}`]],
    'the key in X-API-KEY': [['X-API-KEY', key]],
    'the key in the header api_key': [['api_key', key]],
    'the key as the address it comes from': [['X-Forwarded-For', key]],
    'the access token as key': [['DD-API-KEY', token]],
    'the key with a scheme that nobody knows': [['Authorization', `Digest ${key}`]],
    'the key as a user without a password': [['Authorization', `Basic ${btoa(key)}`]],
    'a pair that is no base64': [['Authorization', 'Basic %%%']],
    'a bearer without a token': [['Authorization', 'Bearer ']],
    'two tokens': [['Authorization', `Bearer ${key} ${key}`]],
    '__proto__ as key': [['DD-API-KEY', '__proto__']],
    'constructor as key': [['DD-API-KEY', 'constructor']],
  } // prettier-ignore
  const queries: Readonly<Record<string, string>> = {
    'the key twice in the address': `?api_key=${key}&api_key=${key}`,
    'a foreign key before the right one in the address': `?api_key=${foreign}&api_key=${key}`,
    'the key in a list in the address': `?api_key[]=${key}`,
    'the key in another parameter': `?apikey=${key}&key=${key}&application_key=${key}`,
    'the key as a prototype': `?__proto__[api_key]=${key}&constructor.prototype.api_key=${key}`,
    'the key after a NUL': `?api_key=%00${key}`,
  }
  return [
    ...Object.entries(shown).map(([name, headers]) => post(path, name, headers)),
    ...Object.entries(queries).map(([name, query]) => ({
      ...post(path, name, []),
      bytes: () => makeRequest({ method: 'POST', path: path + query, body: '{}' }),
      outcomes: [400, 403, 404],
    })),
    {
      name: `POST ${path} with the key in the body alone`,
      bytes: () =>
        makeRequest({
          method: 'POST',
          path,
          headers: [['Content-Type', 'application/json']],
          body: JSON.stringify({ api_key: key }),
        }),
      outcomes: [403],
    },
  ]
}

function strangeTokens({ key, token }: Target): HostileRequest[] {
  const route = { method: 'GET', path: '/api/containers' } as const
  const shown: Readonly<Record<string, readonly Header[]>> = {
    "an agent's key as token": [['Authorization', `Bearer ${key}`]],
    "an agent's key in its own header": [['DD-API-KEY', key]],
    'the token in the address alone': [],
    'the token in a cookie': [['Cookie', `token=${token}; vigie_session=${token}; __Host-vigie=${token}`]],
    'a session that never began': [['Cookie', `vigie_session=${foreign}; vigie=${foreign}`]],
    'the first half of the token': [['Authorization', `Bearer ${token.slice(0, 8)}`]],
    'the token and a letter more': [['Authorization', `Bearer ${token}x`]],
    'a token of a JSON that signs itself': [['Authorization', `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"admin","role":"admin"}')}.`]],
    'an empty name and password': [['Authorization', `Basic ${btoa(':')}`]],
    'a name that is __proto__': [['Authorization', `Basic ${btoa('__proto__:constructor')}`]],
    'a pair that is no base64': [['Authorization', 'Basic %%%']],
    'a role of its own': [['X-Role', 'admin'], ['X-User', 'admin'], ['X-Forwarded-User', 'admin'], ['Remote-User', 'admin']],
    'two Authorizations': [['Authorization', `Bearer ${foreign}`], ['Authorization', `Bearer ${foreign}`]],
  } // prettier-ignore
  return Object.entries(shown).map(([name, headers]) => {
    const path = name.includes('address')
      ? `/api/containers?access_token=${token}&token=${token}`
      : route.path
    return { ...ask({ ...route, path }, name, headers), name: `GET /api/containers with ${name}` }
  })
}

/** Who says that they come from this machine is not believed, as long as no proxy is named. */
const claims: Readonly<Record<string, readonly Header[]>> = {
  'X-Forwarded-For of this machine': [['X-Forwarded-For', '127.0.0.1']],
  'X-Forwarded-For of 500 addresses': [['X-Forwarded-For', '10.0.0.1, '.repeat(500)]],
  'X-Forwarded-For that is no address': [['X-Forwarded-For', "127.0.0.1'; DROP TABLE points; --"]],
  'X-Real-IP of this machine': [['X-Real-IP', '127.0.0.1']],
  'Forwarded of this machine': [['Forwarded', 'for=127.0.0.1;host=localhost;proto=https;by=127.0.0.1']],
  'Client-IP and True-Client-IP of this machine': [['Client-IP', '127.0.0.1'], ['True-Client-IP', '127.0.0.1']],
  'X-Forwarded-Host and -Proto of its own': [['X-Forwarded-Host', 'localhost'], ['X-Forwarded-Proto', 'https']],
  'another address to be led to': [['X-Original-URL', '/api/health'], ['X-Rewrite-URL', '/api/health']],
  'another method to be taken for': [['X-HTTP-Method-Override', 'POST']],
} // prettier-ignore

const forgedAddresses: readonly HostileRequest[] = Object.entries(claims).flatMap(
  ([name, headers]) => [
    ask({ method: 'GET', path: '/api/containers' }, name, headers),
    post('/api/v2/series', name, headers),
    {
      name: `a foreign Host with ${name}`,
      server: 'open',
      bytes: () => makeRequest({ path: '/api/containers', host: 'evil.example', headers }),
      outcomes: [403],
    },
  ],
)

/** Tries to sign in from one address, each with another forged address; the last ones have to wait. */
export function signInFlood(): HostileRequest {
  const tries = Array.from({ length: 12 }, (_try, at) =>
    makeRequest({
      method: 'POST',
      path: '/api/access/sign-in',
      headers: [
        ['Connection', at === 11 ? 'close' : 'keep-alive'],
        ['Content-Type', 'application/json'],
        ['X-Forwarded-For', `203.0.113.${at}`],
      ],
      body: JSON.stringify({ token: `${foreign}${at}` }),
    }),
  )
  return {
    name: '12 tries to sign in, each with another forged address',
    bytes: () => Buffer.concat(tries),
    outcomes: [401, 429],
    answers: 12,
  }
}
