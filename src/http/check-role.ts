import { roles, type Person, type Role } from '../model/person.ts'
import { HttpError } from './http-error.ts'

/** @throws {HttpError} 403 when the person's role is less than what is needed. */
export function checkRole(person: Person, needed: Role): void {
  if (roles.indexOf(person.role) >= roles.indexOf(needed)) return
  throw new HttpError(
    403,
    `Cannot do this for ${person.name}: it needs the role ${needed}, and theirs is ${person.role}; an admin can give it`,
  )
}
