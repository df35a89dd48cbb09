import { HttpError } from '../http/http-error.ts'
import type { Role } from '../model/person.ts'
import { maxRecords, type PeopleState, type UserRecord } from './access-state.ts'
import type { Actor, AuditLog } from './audit-log.ts'
import { checkUserName, foldName } from './names.ts'
import type { PasswordHasher } from './password-hash.ts'
import { makeId } from './secrets.ts'
import type { StateFile } from './state-file.ts'
import { createIndex } from './state-index.ts'
import { parseTagScope } from './tag-scope.ts'

/** What an account is made of. */
export interface NewAccount {
  readonly name: string
  readonly role: Role
  /** Empty: everything. */
  readonly scope: string
  readonly password: string
}

/** What is to be otherwise. */
export interface AccountChange {
  readonly role?: Role | undefined
  readonly scope?: string | undefined
  readonly password?: string | undefined
}

/** Who may sign in. What changes counts with the next request: sessions on what was before have ended then. */
export interface Accounts {
  readonly list: () => readonly UserRecord[]
  /** However the name is typed. */
  readonly find: (name: string) => UserRecord | undefined
  readonly findById: (id: string) => UserRecord | undefined
  /** @throws {HttpError} 400 for what will not do, 409 when there is one of this name. */
  readonly add: (account: NewAccount, by: Actor) => Promise<UserRecord>
  /** @throws {HttpError} 400 for what will not do, 404 when there is none of this name, 409 for what a provider decides. */
  readonly change: (name: string, change: AccountChange, by: Actor) => Promise<UserRecord>
  /** Takes the tokens along. @throws {HttpError} 404 when there is none of this name. */
  readonly remove: (name: string, by: Actor) => Promise<void>
  /** Writes down when somebody has signed in. */
  readonly noteSignIn: (id: string, atMs: number) => Promise<void>
}

export interface AccountsOptions {
  readonly file: StateFile<PeopleState>
  readonly hasher: PasswordHasher
  readonly audit: AuditLog
  readonly clock: () => number
}

/** Opens the accounts. */
export function openAccounts({ file, hasher, audit, clock }: AccountsOptions): Accounts {
  const find = createIndex(
    file,
    ({ users }) => users,
    ({ name }) => foldName(name),
  )
  const findById = createIndex(
    file,
    ({ users }) => users,
    ({ id }) => id,
  )
  return {
    list: () => file.state().users,
    find: (name) => find(foldName(name)),
    findById,
    async add({ name, role, scope, password }, by) {
      const user: UserRecord = {
        id: makeId(),
        name: checkUserName(name),
        role,
        scope: checkScope(scope),
        password: await hasher.hash(password),
        stamp: makeId(),
        createdAtMs: clock(),
      }
      await file.change((state) => ({ state: addUser(state, user), result: undefined }))
      await audit.write({ action: 'user-added', by, subject: `${user.name} (${describe(user)})` })
      return user
    },
    async change(name, { role, scope, password }, by) {
      const given = {
        ...(role !== undefined && { role }),
        ...(scope !== undefined && { scope: checkScope(scope) }),
        ...(password !== undefined && { password: await hasher.hash(password) }),
      }
      const changed = await file.change((state) => changeUser(state, name, given))
      const what = [describe(changed), ...(password === undefined ? [] : ['password'])].join(', ')
      await audit.write({ action: 'user-changed', by, subject: `${changed.name} (${what})` })
      return changed
    },
    async remove(name, by) {
      const removed = await file.change((state) => removeUser(state, name))
      await audit.write({ action: 'user-removed', by, subject: removed.name })
    },
    noteSignIn: (id, atMs) =>
      file.change((state) => {
        const users = state.users.map((one) =>
          one.id === id ? { ...one, lastSignInAtMs: atMs } : one,
        )
        return { state: { ...state, users }, result: undefined }
      }),
  }
}

/** @throws {HttpError} 400 */
function checkScope(scope: string): string {
  parseTagScope(scope)
  return scope.trim().replaceAll(/\s+/g, ' ')
}

function describe({ role, scope }: UserRecord): string {
  return scope === '' ? role : `${role}, ${scope}`
}

function addUser(state: PeopleState, user: UserRecord): PeopleState {
  if (state.users.length >= maxRecords.users) {
    throw new HttpError(409, `Cannot add another account: there are ${maxRecords.users} already`)
  }
  if (state.users.some(({ name }) => foldName(name) === foldName(user.name))) {
    throw new HttpError(409, `Cannot add the account "${user.name}": there is one of this name`)
  }
  return { ...state, users: [...state.users, user] }
}

function changeUser(
  state: PeopleState,
  name: string,
  given: Partial<UserRecord>,
): { state: PeopleState; result: UserRecord } {
  const user = requireUser(state, name)
  if (Object.keys(given).length === 0) return { state, result: user }
  refuseProvided(user, given)
  const result = { ...user, ...given, stamp: makeId() }
  const users = state.users.map((one) => (one === user ? result : one))
  return { state: { ...state, users }, result }
}

function refuseProvided({ name, provider }: UserRecord, { role, password }: Partial<UserRecord>) {
  if (provider === undefined || (role === undefined && password === undefined)) return
  throw new HttpError(
    409,
    `Cannot give ${name} another ${role === undefined ? 'password' : 'role'}: that is the provider's, where they sign in; their scope can be changed, and the account removed`,
  )
}

function removeUser(state: PeopleState, name: string): { state: PeopleState; result: UserRecord } {
  const user = requireUser(state, name)
  const users = state.users.filter((one) => one !== user)
  const tokens = state.tokens.filter(({ owner }) => owner !== user.id)
  return { state: { ...state, users, tokens }, result: user }
}

function requireUser(state: PeopleState, name: string): UserRecord {
  const user = state.users.find((one) => foldName(one.name) === foldName(name))
  if (user !== undefined) return user
  throw new HttpError(
    404,
    `Cannot find the account "${name.slice(0, 100)}": there is none of this name; "vigie user list" shows all`,
  )
}
