/** What a person may do: a viewer looks, an editor changes what all see, an admin says who may. */
export type Role = 'viewer' | 'editor' | 'admin'

/** All roles, from the least to the most. */
export const roles = ['viewer', 'editor', 'admin'] as const satisfies readonly Role[]

/** One demand on tags: one that fits one of `patterns` is there, or is not when `isNegated`. */
export interface TagTerm {
  readonly key: string
  /** Values, with `*` for any run of characters. */
  readonly patterns: readonly string[]
  readonly isNegated: boolean
}

/** What of all containers a person may see: those whose tags meet each of the terms. */
export type TagScope = readonly TagTerm[]

/** Who asks. */
export interface Person {
  readonly name: string
  readonly role: Role
  /** Absent: everything. */
  readonly scope?: TagScope
  /** `open`: nobody has to sign in, since only this machine can ask. */
  readonly via: 'session' | 'token' | 'password' | 'open'
}
