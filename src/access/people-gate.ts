import type { FastifyRequest } from 'fastify'
import { tellsOrigin } from '../http/check-origin.ts'
import { isSameSecret } from '../http/constant-time.ts'
import type { PeopleGate } from '../http/gate.ts'
import { HttpError } from '../http/http-error.ts'
import { openLocalGate } from '../http/local-gate.ts'
import { clientAddress } from '../http/trusted-proxies.ts'
import type { Person } from '../model/person.ts'
import type { Accounts } from './accounts.ts'
import type { PasswordCheck } from './password-check.ts'
import { tokenMark } from './secrets.ts'
import { readSessionCookie } from './session-cookie.ts'
import { tokenHolder, type Sessions } from './sessions.ts'
import { shownCredentials, type ShownCredentials } from './shown-credentials.ts'
import { toPerson } from './to-person.ts'
import type { Tokens } from './tokens.ts'

/** What lets people in. */
export interface PeopleGateParts {
  /** The address that the server listens on, by name or number. */
  readonly listenHost: string
  readonly accessToken: string | undefined
  /** Whether people can sign in elsewhere: the first of them has no account yet. */
  readonly hasProvider: boolean
  /** Of commands on this machine. */
  readonly localPass: string
  readonly accounts: Accounts
  readonly tokens: Tokens
  readonly sessions: Sessions
  /** Of HTTP Basic: asked with each request. */
  readonly checkPassword: PasswordCheck
}

const commandLine: Person = { name: 'command line', role: 'admin', via: 'token' }

/**
 * Opens the gate: a session's cookie lets in, the access token, a token of an account, name and password of one. Where there
 * is no account, access token nor provider, whoever is on this machine.
 */
export function openPeopleGate(parts: PeopleGateParts): PeopleGate {
  const { accessToken, hasProvider, accounts, sessions } = parts
  const local = openLocalGate(parts.listenHost)

  function isOpen(): boolean {
    return accessToken === undefined && !hasProvider && accounts.list().length === 0
  }
  return {
    isOpen,
    async admit(request) {
      if (isOpen()) return local.admit(request)
      const secret = readSessionCookie(request)
      const signedIn = secret === undefined ? undefined : sessions.personOf(secret)
      // A browser adds the cookie to whatever a page makes it send.
      if (signedIn !== undefined && tellsOrigin(request)) return signedIn
      const shown = shownCredentials(request)
      const person = findByToken(shown, parts) ?? (await findByPassword(request, shown, parts))
      if (person !== undefined) return person
      throw signedIn === undefined ? refuse(request, shown) : refuseOrigin(request)
    },
  }
}

function findByToken(
  { tokens: shown }: ShownCredentials,
  parts: PeopleGateParts,
): Person | undefined {
  const { accessToken, localPass, tokens } = parts
  for (const token of shown) {
    if (accessToken !== undefined && isSameSecret(token, accessToken)) return tokenHolder('token')
    if (isSameSecret(token, localPass)) return commandLine
    const person = token.startsWith(tokenMark) ? tokens.personOf(token) : undefined
    if (person !== undefined) return person
  }
  return undefined
}

async function findByPassword(
  request: FastifyRequest,
  { basic }: ShownCredentials,
  { accounts, checkPassword }: PeopleGateParts,
): Promise<Person | undefined> {
  // Without accounts, and for a token that was revoked, there is no password to be found out.
  if (basic === undefined || accounts.list().length === 0) return undefined
  if (basic.password.startsWith(tokenMark)) return undefined
  const user = await checkPassword({ ...basic, address: clientAddress(request) })
  return user === undefined ? undefined : toPerson(user, 'password')
}

function refuse(request: FastifyRequest, { tokens, basic }: ShownCredentials): HttpError {
  const isShown = tokens.length > 0 || basic !== undefined
  const seen = isShown
    ? 'the token, or name and password, is not known here'
    : 'nobody is signed in'
  return new HttpError(
    401,
    `Cannot let you in: ${seen}; sign in at the page, or show a token as Bearer, as DD-APPLICATION-KEY or as the password of HTTP Basic`,
    isBrowser(request) ? {} : { 'www-authenticate': 'Basic realm="Vigie", charset="UTF-8"' },
  )
}

/** A browser would cover our page to sign in with a window of its own; over plain HTTP only its name tells it. */
function isBrowser({ headers }: FastifyRequest): boolean {
  return (
    headers['sec-fetch-mode'] !== undefined ||
    headers['user-agent']?.startsWith('Mozilla/') === true
  )
}

function refuseOrigin({ method }: FastifyRequest): HttpError {
  return new HttpError(
    403,
    `Cannot take a ${method} on a cookie alone: it does not say which page it comes from; send Origin, or show a token`,
  )
}
