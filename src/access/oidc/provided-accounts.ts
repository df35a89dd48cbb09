import type { Role } from '../../model/person.ts'
import { maxRecords, type PeopleState, type UserRecord } from '../access-state.ts'
import type { Actor, AuditLog } from '../audit-log.ts'
import { checkUserName, foldName } from '../names.ts'
import { makeId } from '../secrets.ts'
import type { StateFile } from '../state-file.ts'
import { OidcError } from './oidc-error.ts'

/** What an account is made of that a provider vouches for. */
export interface ProvidedPerson {
  readonly issuer: string
  readonly subject: string
  /** One that {@link checkUserName} lets pass. */
  readonly name: string
  readonly role: Role
}

export interface ProvidedAccountsParts {
  readonly file: StateFile<PeopleState>
  readonly audit: AuditLog
  readonly clock: () => number
}

/**
 * Finds the account of whoever signs in, brings its name and role up to date, or makes one.
 * It throws {OidcError} when the name belongs to somebody else, or there is no room.
 */
export type KeepAccount = (person: ProvidedPerson, address: string) => Promise<UserRecord>

type Deed = 'user-added' | 'user-changed' | 'none'

/**
 * An account belongs to a name of the provider (`sub`) that never changes and is never given to another; what people are
 * called may. So nobody gets an account by being called like its owner.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability
 */
export function createKeepAccount({ file, audit, clock }: ProvidedAccountsParts): KeepAccount {
  return async (person, address) => {
    const { user, deed } = await file.change((state) => keep(state, person, clock()))
    const by: Actor = { name: user.name, address }
    const subject = `${user.name} (${user.role}, by the provider)`
    if (deed !== 'none') await audit.write({ action: deed, by, subject })
    return user
  }
}

function keep(
  state: PeopleState,
  person: ProvidedPerson,
  nowMs: number,
): { state: PeopleState; result: { user: UserRecord; deed: Deed } } {
  const known = state.users.find(
    ({ provider }) => provider?.issuer === person.issuer && provider.subject === person.subject,
  )
  if (known === undefined) {
    const user = make(state, person, nowMs)
    return {
      state: { ...state, users: [...state.users, user] },
      result: { user, deed: 'user-added' },
    }
  }
  const isRenamed = known.name !== person.name && isFree(state, person.name, known)
  const isOtherRole = known.role !== person.role
  const user: UserRecord = {
    ...known,
    lastSignInAtMs: nowMs,
    ...(isRenamed && { name: person.name }),
    ...(isOtherRole && { role: person.role, stamp: makeId() }),
  }
  const users = state.users.map((one) => (one === known ? user : one))
  const deed = isRenamed || isOtherRole ? 'user-changed' : 'none'
  return { state: { ...state, users }, result: { user, deed } }
}

function make(state: PeopleState, { name, ...person }: ProvidedPerson, nowMs: number): UserRecord {
  if (!isFree(state, name)) {
    throw new OidcError(
      'name-taken',
      `Cannot let in ${name} of the provider: there is an account of this name that is not theirs`,
    )
  }
  if (state.users.length >= maxRecords.users) {
    throw new OidcError('full', `Cannot add another account: there are ${maxRecords.users} already`)
  }
  const { issuer, subject, role } = person
  return {
    id: makeId(),
    name: checkUserName(name),
    role,
    scope: '',
    provider: { issuer, subject },
    stamp: makeId(),
    createdAtMs: nowMs,
    lastSignInAtMs: nowMs,
  }
}

function isFree({ users }: PeopleState, name: string, owner?: UserRecord): boolean {
  return users.every((one) => one === owner || foldName(one.name) !== foldName(name))
}
