import { roles, type Person, type Role, type TagScope } from '../model/person.ts'
import type { UserRecord } from './access-state.ts'
import { parseTagScope } from './tag-scope.ts'

const scopes = new WeakMap<UserRecord, { readonly scope: TagScope | undefined }>()

/** The person whose account it is. */
export function toPerson(user: UserRecord, via: Person['via'], role: Role = user.role): Person {
  let known = scopes.get(user)
  if (known === undefined) {
    known = { scope: parseTagScope(user.scope) }
    scopes.set(user, known)
  }
  const { scope } = known
  return { name: user.name, role, via, ...(scope !== undefined && { scope }) }
}

/** The lesser of two roles: a token is never more than its owner, whatever the owner was when it was made. */
export function lesserRole(one: Role, other: Role): Role {
  return roles.indexOf(one) < roles.indexOf(other) ? one : other
}
