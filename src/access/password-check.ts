import { HttpError } from '../http/http-error.ts'
import type { UserRecord } from './access-state.ts'
import type { Accounts } from './accounts.ts'
import type { AuditLog } from './audit-log.ts'
import type { PasswordHasher } from './password-hash.ts'
import type { SignInLimiter } from './sign-in-limiter.ts'

/** What somebody shows, and from where. */
export interface ShownPassword {
  readonly name: string
  readonly password: string
  readonly address: string
}

/**
 * The account that a name and password open; undefined for a wrong one.
 * It throws {HttpError} 429 after too many wrong ones, 503 when too many are being checked.
 */
export type PasswordCheck = (shown: ShownPassword) => Promise<UserRecord | undefined>

export interface PasswordCheckParts {
  readonly accounts: Accounts
  readonly hasher: PasswordHasher
  readonly limiter: SignInLimiter
  readonly audit: AuditLog
}

/** Makes the check. A name that is not known costs as much time as one that is. */
export function createPasswordCheck(parts: PasswordCheckParts): PasswordCheck {
  const { accounts, hasher, limiter, audit } = parts
  return async ({ name, password, address }) => {
    const takeBack = limiter.begin(name, address)
    const user = accounts.find(name)
    const isRight = await hasher.verify(password, user?.password).catch((error: unknown) => {
      if (error instanceof HttpError) takeBack('not looked at')
      throw error
    })
    if (isRight) {
      takeBack('right')
      // It may have been changed while the hash was worked out.
      return accounts.findById(user?.id ?? '')?.password === user?.password ? user : undefined
    }
    // What is no name here may be a password that was typed in the wrong place.
    const by = { name: user?.name ?? 'an unknown name', address }
    await audit.write({ action: 'sign-in-failed', by, subject: by.name })
    return undefined
  }
}
