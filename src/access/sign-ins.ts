import { isSameSecret } from '../http/constant-time.ts'
import { HttpError } from '../http/http-error.ts'
import type { Person } from '../model/person.ts'
import type { Accounts } from './accounts.ts'
import type { AuditLog } from './audit-log.ts'
import type { PasswordCheck, ShownPassword } from './password-check.ts'
import { tokenHolder, type Sessions } from './sessions.ts'
import type { SignInLimiter } from './sign-in-limiter.ts'
import { toPerson } from './to-person.ts'

/** A session that has begun. */
export interface SignedIn {
  readonly person: Person
  /** For the cookie. */
  readonly secret: string
}

/** Begins and ends sessions. */
export interface SignIns {
  /** @throws {HttpError} 401 for a wrong one, 429 after too many, 503 when too many are being checked. */
  readonly withPassword: (shown: ShownPassword) => Promise<SignedIn>
  /** With `vigie.access_token`. @throws {HttpError} 401 for a wrong one, 429 after too many. */
  readonly withToken: (token: string, address: string) => Promise<SignedIn>
  /**
   * Gives somebody who is signed in another password and a session on it; all their others end.
   * @throws {HttpError} 401 when `current` is wrong, 400 when the new one will not do.
   */
  readonly changePassword: (current: ShownPassword, password: string) => Promise<SignedIn>
  readonly out: (secret: string, address: string) => Promise<void>
}

export interface SignInsParts {
  readonly accessToken: string | undefined
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly checkPassword: PasswordCheck
  readonly limiter: SignInLimiter
  readonly audit: AuditLog
  readonly clock: () => number
}

/** Opens the ways in and out. */
export function openSignIns(parts: SignInsParts): SignIns {
  const { accessToken, accounts, sessions, checkPassword, limiter, audit, clock } = parts
  return {
    async withPassword(shown) {
      const user = await checkPassword(shown)
      if (user === undefined) throw wrong('the name or the password is wrong')
      const secret = await sessions.open(user)
      await accounts.noteSignIn(user.id, clock())
      const by = { name: user.name, address: shown.address }
      await audit.write({ action: 'sign-in', by, subject: user.name })
      return { person: toPerson(user, 'session'), secret }
    },
    async withToken(token, address) {
      // By address alone: nobody is to make all who have the token wait.
      const takeBack = limiter.begin(`token from ${address}`, address)
      const person = tokenHolder('session')
      const by = { name: person.name, address }
      if (accessToken === undefined || !isSameSecret(token, accessToken)) {
        await audit.write({ action: 'sign-in-failed', by, subject: person.name })
        throw wrong('the access token is wrong')
      }
      takeBack('right')
      const secret = await sessions.open()
      await audit.write({ action: 'sign-in', by, subject: person.name })
      return { person, secret }
    },
    async changePassword(current, password) {
      const user = await checkPassword(current)
      if (user === undefined) throw wrong('the password you have now is wrong')
      const by = { name: user.name, address: current.address }
      const changed = await accounts.change(user.name, { password }, by)
      return { person: toPerson(changed, 'session'), secret: await sessions.open(changed) }
    },
    async out(secret, address) {
      const person = sessions.personOf(secret)
      if (person === undefined) return
      await sessions.end(secret)
      const by = { name: person.name, address }
      await audit.write({ action: 'sign-out', by, subject: person.name })
    },
  }
}

function wrong(seen: string): HttpError {
  return new HttpError(401, `Cannot sign you in: ${seen}`)
}
