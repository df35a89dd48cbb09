import { HttpError } from '../http/http-error.ts'
import { roles, type Person, type Role } from '../model/person.ts'
import { maxRecords, type PeopleState, type TokenRecord, type UserRecord } from './access-state.ts'
import type { Accounts } from './accounts.ts'
import type { Actor, AuditLog } from './audit-log.ts'
import { LastUsed } from './last-used.ts'
import { checkLabel } from './names.ts'
import { endOf, hashSecret, makeId, makeToken } from './secrets.ts'
import type { StateFile } from './state-file.ts'
import { createIndex } from './state-index.ts'
import { lesserRole, toPerson } from './to-person.ts'

/** A token, as it is listed. */
export interface ApiToken {
  readonly id: string
  readonly name: string
  /** The name of the account. */
  readonly owner: string
  /** What it lets do now: never more than its owner may. */
  readonly role: Role
  /** The last five characters. */
  readonly end: string
  readonly createdAtMs: number
  readonly lastUsedAtMs?: number
}

/** Whose token, and what for. */
export interface NewApiToken {
  readonly owner: UserRecord
  readonly name: string
  /** The owner's when absent. */
  readonly role?: Role | undefined
}

/** Tokens of programs that ask as a person. What changes counts with the next request. */
export interface Tokens {
  readonly list: () => readonly ApiToken[]
  /** The person that a token speaks for; undefined for one that is none, or was revoked. */
  readonly personOf: (token: string) => Person | undefined
  /** @throws {HttpError} 400 for a name that will not do, 403 for more than the owner's role, 409 for too many. */
  readonly create: (wanted: NewApiToken, by: Actor) => Promise<{ row: ApiToken; token: string }>
  /** @param owner Only one of theirs; absent: anybody's. @throws {HttpError} 404 for an unknown id. */
  readonly revoke: (id: string, by: Actor, owner?: string) => Promise<void>
  /** Writes down when tokens were used last. */
  readonly flush: () => Promise<void>
}

export interface TokensOptions {
  readonly file: StateFile<PeopleState>
  readonly accounts: Accounts
  /** For how long tokens of a provider's people work after these have signed in: nobody tells us who has left. */
  readonly providedMs: number
  readonly audit: AuditLog
  readonly clock: () => number
}

/** Opens the tokens. Only their hashes are kept. */
export function openTokens({ file, accounts, providedMs, audit, clock }: TokensOptions): Tokens {
  const used = new LastUsed()
  const find = createIndex(
    file,
    ({ tokens }) => tokens,
    ({ hash }) => hash,
  )

  function isAway({ provider, lastSignInAtMs = 0 }: UserRecord): boolean {
    return provider !== undefined && clock() - lastSignInAtMs >= providedMs
  }
  function toRow(token: TokenRecord, owner: UserRecord): ApiToken {
    const { id, name, end, createdAtMs } = token
    const lastMs = used.of(id, token.lastUsedAtMs)
    const role = lesserRole(token.role, owner.role)
    const row = { id, name, owner: owner.name, role, end, createdAtMs }
    return { ...row, ...(lastMs !== undefined && { lastUsedAtMs: lastMs }) }
  }
  return {
    list: () =>
      file.state().tokens.flatMap((token) => {
        const owner = accounts.findById(token.owner)
        return owner === undefined ? [] : [toRow(token, owner)]
      }),
    personOf(shown) {
      const token = find(hashSecret(shown))
      const owner = token === undefined ? undefined : accounts.findById(token.owner)
      if (token === undefined || owner === undefined || isAway(owner)) return undefined
      used.mark(token.id, clock())
      return toPerson(owner, 'token', lesserRole(token.role, owner.role))
    },
    async create({ owner, name: label, role = owner.role }, by) {
      const name = checkLabel(label, 'token')
      checkRole(role, owner)
      const token = makeToken()
      const made = { id: makeId(), name, owner: owner.id, role, hash: hashSecret(token) }
      const record = { ...made, end: endOf(token), createdAtMs: clock() }
      await file.change((state) => ({ state: addToken(state, record), result: undefined }))
      const subject = `${name} (${record.id}) of ${owner.name}, ${role}`
      await audit.write({ action: 'token-created', by, subject })
      return { row: toRow(record, owner), token }
    },
    async revoke(id, by, owner) {
      const { name } = await file.change((state) => removeToken(state, id, owner))
      await audit.write({ action: 'token-revoked', by, subject: `${name} (${id})` })
    },
    flush: () =>
      file.change((state) => {
        const tokens = used.merge(state.tokens, ({ id }) => id)
        used.keepOnly(new Set(tokens.map(({ id }) => id)))
        return { state: tokens === state.tokens ? state : { ...state, tokens }, result: undefined }
      }),
  }
}

function checkRole(role: Role, owner: UserRecord): void {
  if (roles.indexOf(role) <= roles.indexOf(owner.role)) return
  throw new HttpError(
    403,
    `Cannot make a token with the role ${role}: ${owner.name} is ${owner.role}, and a token is never more than its owner`,
  )
}

function addToken(state: PeopleState, token: TokenRecord): PeopleState {
  if (state.tokens.length >= maxRecords.tokens) {
    throw new HttpError(
      409,
      `Cannot make another token: there are ${maxRecords.tokens}; revoke those that are not used`,
    )
  }
  return { ...state, tokens: [...state.tokens, token] }
}

function removeToken(
  state: PeopleState,
  id: string,
  owner: string | undefined,
): { state: PeopleState; result: TokenRecord } {
  const found = state.tokens.find(
    (token) => token.id === id && (owner === undefined || token.owner === owner),
  )
  if (found === undefined) {
    throw new HttpError(
      404,
      `Cannot revoke the token "${id.slice(0, 50)}": there is none with this id; "vigie token list" shows all`,
    )
  }
  const tokens = state.tokens.filter((token) => token !== found)
  return { state: { ...state, tokens }, result: found }
}
