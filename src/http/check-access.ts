import type { FastifyRequest } from 'fastify'
import { isSameSecret } from './constant-time.ts'
import { HttpError } from './http-error.ts'
import { bareHost, isLoopback } from './loopback.ts'

/** What lets people in. */
export interface AccessRules {
  /** The address that the server listens on, by name or number. */
  readonly listenHost: string
  /** Absent: only this machine may ask. */
  readonly accessToken?: string | undefined
}

/**
 * Lets people's requests pass: with a token, those that show it by HTTP Basic (any user name), as Bearer or as Datadog's
 * application key; without one, those that name this machine in `Host`, so that no page of another site can reach us
 * through a name of its own.
 * @throws {HttpError} 401 without the token, 403 for a foreign `Host` or `Origin`.
 * @see https://docs.datadoghq.com/api/latest/authentication/
 */
export function checkAccess(request: FastifyRequest, rules: AccessRules): void {
  checkOrigin(request)
  if (rules.accessToken === undefined) {
    checkHost(request, rules.listenHost)
    return
  }
  const { accessToken } = rules
  const shown = shownTokens(request)
  if (shown.some((token) => isSameSecret(token, accessToken))) return
  const seen = shown.length === 0 ? 'no access token was given' : 'the access token is another one'
  throw new HttpError(
    401,
    `Cannot let you in: ${seen}; give it as the password of HTTP Basic (any user name), as a Bearer token or as DD-APPLICATION-KEY`,
    { 'www-authenticate': 'Basic realm="Vigie", charset="UTF-8"' },
  )
}

function checkHost(request: FastifyRequest, listenHost: string): void {
  const host = bareHost(request.headers.host ?? '')
  if (isLoopback(host) || host === bareHost(listenHost)) return
  throw new HttpError(
    403,
    `Cannot answer for host "${host.slice(0, 100)}": without an access token only localhost is served; ` +
      'set vigie.access_token (VIGIE_ACCESS_TOKEN) to use another name',
  )
}

/** Browsers send `Origin` with every POST; a page of another site must not make one for its reader. */
function checkOrigin(request: FastifyRequest): void {
  const origin = request.headers.origin
  if (origin === undefined || request.method === 'GET' || request.method === 'HEAD') return
  if (origin.replace(/^https?:\/\//, '') === request.headers.host) return
  throw new HttpError(
    403,
    `Cannot take a ${request.method} from a page of "${origin.slice(0, 100)}": only pages of this server may send one`,
  )
}

/** One that is not ours in either place does not keep the other from letting in: proxies add an `authorization` too. */
function shownTokens({ headers }: FastifyRequest): readonly string[] {
  const tokens = [shownToken(headers.authorization), headers['dd-application-key']].flat()
  return tokens.flatMap((token) => (token === undefined || token === '' ? [] : [token]))
}

function shownToken(authorization: string | undefined): string | undefined {
  const [, scheme = '', value = ''] = /^(\w+) +(.+)$/.exec(authorization ?? '') ?? []
  if (value === '') return undefined
  if (scheme.toLowerCase() === 'bearer') return value
  if (scheme.toLowerCase() !== 'basic') return undefined
  const userAndPassword = Buffer.from(value, 'base64').toString()
  return userAndPassword.slice(userAndPassword.indexOf(':') + 1)
}
