import { roles, type Role } from '../../model/person.ts'
import { OidcError } from './oidc-error.ts'
import type { OidcOptions } from './oidc-options.ts'

/** What a provider says of a person, by the names of claims. */
export type Claims = Readonly<Record<string, unknown>>

/** What is asked of the claims. */
export type ClaimRules = Pick<OidcOptions, 'nameClaim' | 'roleClaim' | 'roles' | 'defaultRole'>

const maxName = 100

/**
 * The name that a person has here: that of the claim, else `preferred_username`, `email` or `sub`. What a name cannot have
 * becomes `-`.
 * @throws {OidcError} When none of them is a text with a letter or digit in it.
 */
export function readName(claims: Claims, { nameClaim }: ClaimRules): string {
  for (const path of [nameClaim, 'preferred_username', 'email', 'sub']) {
    const value = claimAt(claims, path)
    const name = typeof value === 'string' ? toName(value) : ''
    if (name !== '') return name
  }
  throw new OidcError('no-name', `The provider tells no name: neither ${nameClaim}, email nor sub`)
}

/** The highest role that a claim gives; undefined when it gives none, and there is none for everybody. */
export function readRole(claims: Claims, rules: ClaimRules): Role | undefined {
  const values = new Set(readRoleValues(claims, rules.roleClaim))
  const given = roles.filter((role) => rules.roles[role]?.some((value) => values.has(value)))
  return given.at(-1) ?? rules.defaultRole
}

/** A claim by its name, or by the names on the way to it with dots between (`realm_access.roles`); names may have dots themselves. */
export function claimAt(claims: unknown, path: string): unknown {
  if (typeof claims !== 'object' || claims === null) return undefined
  const own = new Map<string, unknown>(Object.entries(claims))
  if (own.has(path)) return own.get(path)
  for (let at = path.indexOf('.'); at !== -1; at = path.indexOf('.', at + 1)) {
    const found = claimAt(own.get(path.slice(0, at)), path.slice(at + 1))
    if (found !== undefined) return found
  }
  return undefined
}

/** @see checkUserName, which says what a name may have. */
function toName(text: string): string {
  const allowed = text.normalize('NFC').replaceAll(/[^\p{L}\p{N}._@+-]+/gu, '-')
  const name = allowed.replace(/^[^\p{L}\p{N}]+/u, '')
  return name
    .slice(0, maxName)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/-+$/, '')
}

function readRoleValues(claims: Claims, path: string): readonly string[] {
  // Many providers let people type any address, and tell so.
  if (path === 'email' && claims['email_verified'] === false) return []
  const value = claimAt(claims, path)
  return [value].flat().filter((one) => typeof one === 'string')
}
